import type { Staged, Upload } from '@ziv/intake'
import { rejectionWords, utf8Lines } from '@ziv/kernel'
import type { Vault } from '@ziv/privacy'
import { rejections } from '../domain/person.rejections.ts'
import { linesPerPage, storeLines } from './staged-lines.ts'

/** What the first pass finds of a file of members. */
export interface MemberFileFacts {
  readonly lines: number
}

const lineBytesMax = 16_384

/**
 * First pass over a file of members: its lines are sealed as they are. A line with a byte that is not UTF-8 refuses the file, as what
 * its names are cannot be known; one that is too long is taken as empty and refused at its place.
 */
export async function stageMembers(
  vault: Vault,
  upload: Upload,
  source: AsyncIterable<Uint8Array>,
): Promise<Staged<MemberFileFacts>> {
  const { fileId } = upload
  let lines = 0
  let texts: string[] = []
  const store = async (): Promise<void> => {
    const page = { firstLine: lines - texts.length + 1, texts }
    texts = []
    await upload.store((tx) => storeLines(tx, vault, fileId, page))
  }
  const refuse = (code: string, line: number): void => {
    const place = line === 0 ? 'file' : `line ${line}`
    upload.note({ line, place, code, ...rejectionWords(rejections, { code, params: { line } }) }, true)
  }
  for await (const read of utf8Lines(source, lineBytesMax)) {
    if (read.text === null && read.fault === 'bytes') {
      refuse('importNotUtf8', read.line)
      break
    }
    lines += 1
    texts.push(read.text ?? '')
    if (upload.isDue(texts.length, linesPerPage)) await store()
  }
  if (lines === 0 && upload.fatal.length === 0) refuse('importEmpty', 0)
  if (upload.fatal.length === 0 && texts.length > 0) await store()
  return { facts: { lines } }
}
