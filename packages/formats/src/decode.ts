import { NotUtf8, Utf8Decoder } from '@ziv/kernel'
import { slices } from './slices.ts'
import { Unreadable } from './unreadable.ts'

type Decoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-15'

const headBytes = 256
const declared: Readonly<Record<string, Decoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
}

/**
 * Text of a file, in pieces. The byte order mark and the encoding an XML file declares decide (UTF-8 otherwise); where
 * they contradict each other, or the bytes contradict them, reading stops with the byte where it went wrong.
 */
export async function* decodeText(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  let head: Buffer | null = Buffer.alloc(0)
  let decoder: Decoder | null = null
  for await (const slice of slices(source)) {
    if (decoder !== null) {
      yield decoder.decode(slice)
      continue
    }
    head = Buffer.concat([head ?? Buffer.alloc(0), slice])
    if (head.length < headBytes) continue
    decoder = decoderFor(head)
    yield decoder.decode(head.subarray(decoder.skip))
    head = null
  }
  if (decoder === null && head !== null && head.length > 0) {
    decoder = decoderFor(head)
    yield decoder.decode(head.subarray(decoder.skip))
  }
  if (decoder !== null) yield decoder.end()
}

/**
 * A file whose sender said beside it that it is UTF-8: reading stops when the file itself says something else. To believe the one
 * or the other would be a guess, and a wrong one reads other names without a word.
 */
export async function* announcedAsUtf8(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0)
  for await (const slice of slices(source)) {
    if (head === null) {
      yield slice
      continue
    }
    head = Buffer.concat([head, slice])
    if (head.length < headBytes) continue
    yield headInUtf8(head)
    head = null
  }
  if (head !== null) yield headInUtf8(head)
}

function headInUtf8(head: Buffer): Buffer {
  const mark = markOf(head)
  const name = declaredIn(head, mark)
  if (mark.decoding !== 'utf-8') throw conflict()
  if (name !== undefined) agreed(name, { ...mark, certain: true })
  return head
}

interface Decoder {
  readonly skip: number
  decode(bytes: Buffer): string
  end(): string
}

function decoderFor(head: Buffer): Decoder {
  const mark = markOf(head)
  const name = declaredIn(head, mark)
  const decoding = name === undefined ? mark.decoding : agreed(name, mark)
  return decoding === 'utf-8' ? utf8Decoder(mark.skip) : labelDecoder(decoding, mark.skip)
}

function declaredIn(head: Buffer, mark: Mark): string | undefined {
  const start = mark.decoding.startsWith('utf-16')
    ? new TextDecoder(mark.decoding).decode(head.subarray(mark.skip, mark.skip + headBytes))
    : head.toString('latin1', mark.skip, headBytes)
  return /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']/u.exec(start)?.[1]
}

interface Mark {
  readonly decoding: Decoding
  readonly skip: number
  /** True when the bytes themselves tell the encoding. */
  readonly certain: boolean
}

function markOf(head: Buffer): Mark {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { decoding: 'utf-8', skip: 3, certain: true }
  if (head[0] === 0xff && head[1] === 0xfe) return { decoding: 'utf-16le', skip: 2, certain: true }
  if (head[0] === 0xfe && head[1] === 0xff) return { decoding: 'utf-16be', skip: 2, certain: true }
  if (head[0] === 0x3c && head[1] === 0) return { decoding: 'utf-16le', skip: 0, certain: true }
  if (head[0] === 0 && head[1] === 0x3c) return { decoding: 'utf-16be', skip: 0, certain: true }
  return { decoding: 'utf-8', skip: 0, certain: false }
}

function agreed(name: string, mark: Mark): Decoding {
  const wanted = declared[name.toLowerCase()]
  if (wanted === undefined) {
    throw new Unreadable(
      'ENCODING-UNKNOWN',
      {
        nl: 'De opgegeven tekencodering wordt niet ondersteund. Gebruik UTF-8.',
        fr: "L'encodage déclaré n'est pas pris en charge. Utilisez UTF-8.",
        de: 'Die angegebene Zeichenkodierung wird nicht unterstützt. Verwenden Sie UTF-8.',
        en: 'The declared encoding is not supported. Use UTF-8.',
      },
      { line: 1, column: 1 },
      '138',
    )
  }
  const wide = mark.decoding.startsWith('utf-16')
  const fits = wide
    ? wanted.startsWith('utf-16')
    : !wanted.startsWith('utf-16') && (!mark.certain || wanted === 'utf-8')
  if (!fits) throw conflict()
  return wide ? mark.decoding : wanted
}

function conflict(): Unreadable {
  return new Unreadable(
    'ENCODING-CONFLICT',
    {
      nl: 'De opgegeven tekencodering is niet die van de bytes van het bestand. Bewaar het bestand als UTF-8.',
      fr: "L'encodage déclaré n'est pas celui des octets du fichier. Enregistrez le fichier en UTF-8.",
      de: 'Die angegebene Zeichenkodierung ist nicht die der Bytes der Datei. Speichern Sie die Datei als UTF-8.',
      en: 'The declared encoding is not that of the bytes of the file. Save the file as UTF-8.',
    },
    { line: 1, column: 1 },
    '138',
  )
}

function wrongBytes(offset: number): Unreadable {
  return new Unreadable(
    'ENCODING-BYTES',
    {
      nl: `Byte ${offset} past niet bij de tekencodering van het bestand. Bewaar het bestand als UTF-8.`,
      fr: `L'octet ${offset} ne correspond pas à l'encodage du fichier. Enregistrez le fichier en UTF-8.`,
      de: `Byte ${offset} passt nicht zur Zeichenkodierung der Datei. Speichern Sie die Datei als UTF-8.`,
      en: `Byte ${offset} does not fit the encoding of the file. Save the file as UTF-8.`,
    },
    { offset },
    '138',
  )
}

function utf8Decoder(skip: number): Decoder {
  const decoder = new Utf8Decoder(skip)
  const guarded = (read: () => string): string => {
    try {
      return read()
    } catch (error) {
      throw error instanceof NotUtf8 ? wrongBytes(error.offset) : error
    }
  }
  return { skip, decode: (bytes) => guarded(() => decoder.decode(bytes)), end: () => guarded(() => decoder.end()) }
}

function labelDecoder(label: Decoding, skip: number): Decoder {
  const decoder = new TextDecoder(label, { fatal: true })
  let offset = skip
  const guarded = (bytes: Buffer | undefined): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw wrongBytes(offset)
    } finally {
      offset += bytes?.length ?? 0
    }
  }
  return { skip, decode: guarded, end: () => guarded(undefined) }
}
