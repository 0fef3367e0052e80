import type { KeyObject } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import { linesOf, signatureHolds, signed, textOf } from './signed-file.ts'

/** Beside the notes: how many lines of all files their topic took. */
const fileOf = (notes: string): string => notes.replace(/jsonl$/, 'sent')

/** How many lines the topic took, as this installation signed it. Null: nothing says so. */
export async function readSent(notes: string, key: KeyObject): Promise<number | null> {
  const [line] = await linesOf(fileOf(notes))
  if (line === undefined || !signatureHolds(line, key)) return null
  return (JSON.parse(line.text) as { readonly sent: number }).sent
}

/** Keeps how many lines the topic took, on the disk before this returns. */
export async function writeSent(notes: string, key: KeyObject, sent: number): Promise<void> {
  const file = fileOf(notes)
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(`${textOf(signed(JSON.stringify({ sent }), key))}\n`)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
}
