import type { Harness } from './harness.ts'

/** What became of a file of lines: its counts, and line and code of every issue. */
export interface Batch {
  readonly counts: Readonly<Record<string, number>>
  readonly issues: readonly (readonly [number, string])[]
}

/** Takes a file of lines in and tells what became of it; of the same lines twice it makes two files, unless told otherwise. */
export async function sendLines(
  h: Harness,
  kind: string,
  items: readonly (object | string)[],
  again = false,
): Promise<Batch> {
  const text = items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n')
  sent += 1
  const received = await h.service.importLines(kind, bytesOf(text + (again ? '' : '\n'.repeat(sent))))
  if (!received.ok) throw new Error(JSON.stringify(received.issues))
  const { rows } = await h.database.query<{ line: number; code: string }>(
    'select line, code from app_files.issues where file_id = $1 order by line',
    [received.file.fileId],
  )
  return { counts: received.file.counts, issues: rows.map(({ line, code }) => [line, code]) }
}
let sent = 0

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}
