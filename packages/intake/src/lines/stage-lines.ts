import { utf8Lines } from '@ziv/kernel'
import type { Vault } from '@ziv/privacy'
import type { Staged } from '../types.ts'
import type { Upload } from '../upload.ts'
import { lineTexts } from './line-texts.ts'
import { linesPerPage, storeLines } from './staged-lines.ts'

/** What the first pass finds of a file of lines. */
export interface LineFacts {
  /** Lines that hold something. */
  readonly lines: number
}

const lineBytesMax = 16_384

/** Stands for a line that is too long: no text of JSON. */
export const TOO_LONG = '\0'

/**
 * First pass over a file of lines: they are sealed as they are. A line with a byte that is not UTF-8 refuses the file, as what its names
 * and references are cannot be known; one that is too long is refused at its place.
 */
export async function stageLines(
  vault: Vault,
  upload: Upload,
  source: AsyncIterable<Uint8Array>,
): Promise<Staged<LineFacts>> {
  const { fileId } = upload
  let lines = 0
  let last = 0
  let texts: string[] = []
  const store = async (): Promise<void> => {
    const page = { firstLine: last - texts.length + 1, texts }
    texts = []
    await upload.store((tx) => storeLines(tx, vault, fileId, page))
  }
  for await (const read of utf8Lines(source, lineBytesMax)) {
    if (read.text === null && read.fault === 'bytes') {
      const { line } = read
      upload.note({ line, place: `line ${line}`, code: 'fileNotUtf8', ...lineTexts.notUtf8(line) }, true)
      break
    }
    last = read.line
    const text = read.text === null ? TOO_LONG : read.text.trim()
    if (text !== '') lines += 1
    texts.push(text)
    if (upload.isDue(texts.length, linesPerPage)) await store()
  }
  const good = upload.fatal.length === 0
  if (good && lines === 0) upload.note({ line: 0, place: 'file', code: 'fileEmpty', ...lineTexts.empty }, true)
  if (good && lines > 0 && texts.length > 0) await store()
  return { facts: { lines } }
}
