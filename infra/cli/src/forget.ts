import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What a sandbox makes in its data folder. Its notes go with its secrets: a new key has not signed them. */
const PARTS = ['postgres', 'secrets', 'files', 'anchors.jsonl'] as const

/** Removes what a sandbox made in a folder, and nothing else: the folder may have been named by mistake. */
export async function forget(folder: string): Promise<void> {
  for (const part of PARTS) await rm(join(folder, part), { recursive: true, force: true })
}
