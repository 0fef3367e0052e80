import { badRequest } from '@ziv/http'
import type { Words } from '@ziv/kernel'

type Kind = 'xml' | 'list' | 'lines' | 'csv'

const kindWords: Readonly<Record<Kind, Words>> = {
  xml: { nl: 'XML', fr: 'du XML', de: 'XML', en: 'XML' },
  list: { nl: 'een lijst in JSON', fr: 'une liste en JSON', de: 'eine Liste in JSON', en: 'a list in JSON' },
  lines: {
    nl: 'JSON met één object per regel',
    fr: 'du JSON avec un objet par ligne',
    de: 'JSON mit einem Objekt je Zeile',
    en: 'JSON with one object per line',
  },
  csv: { nl: 'CSV', fr: 'du CSV', de: 'CSV', en: 'CSV' },
}

/** What a body of the media type can be; what looks like none of the kinds is judged by its reader. */
const fitting: Readonly<Record<string, readonly Kind[]>> = {
  'application/xml': ['xml'],
  'text/xml': ['xml'],
  'application/x-ndjson': ['lines'],
  'application/jsonl': ['lines'],
  'text/csv': ['csv'],
  // billing files: a record of text may hold any separator
  'application/octet-stream': ['csv'],
  'text/plain': ['csv'],
}

const headBytesMax = 4_096

/**
 * The bytes of a file as they come, unless its first line shows that it is of another media type than it was sent as: its reader would
 * refuse every line of it, and say nothing of why.
 */
export async function* contentFits(source: AsyncIterable<Uint8Array>, type: string): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0)
  for await (const piece of source) {
    if (head === null) {
      yield piece
      continue
    }
    head = Buffer.concat([head, piece])
    if (!/\S[^\n]*\n/.test(head.toString('latin1', 0, headBytesMax)) && head.length < headBytesMax) continue
    assertFits(head, type)
    yield head
    head = null
  }
  if (head === null || head.length === 0) return
  assertFits(head, type)
  yield head
}

function assertFits(head: Buffer, type: string): void {
  const kind = kindOf(head.toString('latin1', 0, headBytesMax))
  if (kind === null || fitting[type]?.includes(kind) !== false) return
  const { nl, fr, de, en } = kindWords[kind]
  throw badRequest({
    type: 'invalidStructure',
    in: 'body',
    name: 'file',
    detail: {
      nl: `het bestand is gestuurd als ${type}, maar het lijkt op ${nl}: kijk na of het het bedoelde bestand is, en stuur het met het Content-Type van zijn inhoud`,
      fr: `le fichier est envoyé comme ${type}, mais il ressemble à ${fr}: vérifiez que c'est le fichier voulu, et envoyez-le avec le Content-Type de son contenu`,
      de: `die Datei ist als ${type} gesendet, sieht aber aus wie ${de}: prüfen Sie, ob es die gemeinte Datei ist, und senden Sie sie mit dem Content-Type ihres Inhalts`,
      en: `the file is sent as ${type}, but it looks like ${en}: check that it is the file that is meant, and send it with the Content-Type of its content`,
    },
  })
}

// byte by byte: the signs that tell are of ASCII in every encoding that is looked into
function kindOf(head: string): Kind | null {
  const line =
    head
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart()
      .split('\n', 1)[0] ?? ''
  if (line.startsWith('<')) return 'xml'
  if (line.startsWith('[')) return 'list'
  if (line.startsWith('{')) return 'lines'
  // a row of at least three names: prose has blanks around its commas
  return /^[\w"]+([;,\t])[\w"]+(\1[\w"]*)+\s*$/.test(line) ? 'csv' : null
}
