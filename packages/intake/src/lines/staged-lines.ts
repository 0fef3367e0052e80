import type { Queryable, Transaction } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import type { Read, RunRange } from '@ziv/runs'
import { readPages, storePages } from '../pages.ts'

/** A line of a file that waits to be worked on. */
export interface StagedLine {
  /** From 1. */
  readonly line: number
  readonly text: string
}

/** Lines of one page, which is sealed as one text. */
export const linesPerPage = 500

/** The place a page is sealed for. The key is of the file, and destroyed with its end. */
const placeOf = (fileId: string, firstLine: number): string => `${fileId}/line/${firstLine}`

/** The key of a line in the order of the file. */
export const keyOfLine = ({ line }: StagedLine): string => String(line).padStart(10, '0')

/** Stores lines that follow each other, at most a page of them, under the number of the first. */
export async function storeLines(
  tx: Transaction,
  vault: Vault,
  fileId: string,
  { firstLine, texts }: { readonly firstLine: number; readonly texts: readonly string[] },
): Promise<void> {
  const plaintext = texts.join('\n')
  const [sealed] = await vault.seal([{ subjectId: fileId, context: placeOf(fileId, firstLine), plaintext }])
  await storePages(tx, fileId, [{ bucket: 0, page: firstLine, content: sealed!.$sealed }])
}

/** The next lines of a file; null when none is left. Throws when their key is gone. */
export async function readLines(
  q: Queryable,
  vault: Vault,
  fileId: string,
  { after, through, limit }: RunRange,
): Promise<Read<StagedLine> | null> {
  const from = Number(after ?? 0) + 1
  const to = through === null ? Number.MAX_SAFE_INTEGER : Number(through)
  const items: StagedLine[] = []
  // a page that begins further ahead ends before the first line that is asked for
  for await (const pages of readPages(q, fileId, { bucket: 0, page: from - linesPerPage }, 1)) {
    for (const { page: firstLine, content } of pages) {
      const texts = (await openPage(vault, fileId, firstLine, content)).split('\n')
      const lines = texts.map((text, index) => ({ line: firstLine + index, text }))
      items.push(...lines.filter(({ line }) => line >= from && line <= to))
      if (items.length >= limit || firstLine + texts.length > to) return readOf(items.slice(0, limit))
    }
  }
  return readOf(items)
}

const readOf = (items: readonly StagedLine[]): Read<StagedLine> | null =>
  items.length === 0 ? null : { items, last: keyOfLine(items.at(-1)!) }

async function openPage(vault: Vault, fileId: string, firstLine: number, content: string): Promise<string> {
  const place = { subjectId: fileId, context: placeOf(fileId, firstLine), sealed: { $sealed: content } }
  const [text] = await vault.open([place])
  if (typeof text !== 'string')
    throw new Error(`the key of file ${fileId} is destroyed: its lines cannot be read any more`)
  return text
}
