import { accessSync, constants, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { memoryFolderFromEnvironment } from '../config.ts'

/** Several times what the databases of a whole run take. */
const ROOM = 4 * 2 ** 30

/**
 * Where a run of tests puts what it makes: in memory where that has room, else where the system puts such folders. Databases are made
 * and dropped by the hundred, and a disk takes a third of the run for their files.
 */
export function folderOfRun(): string {
  const folder = memoryFolderFromEnvironment()
  try {
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(folder)
    return Math.min(bavail * bsize, process.availableMemory()) >= ROOM ? folder : tmpdir()
  } catch {
    return tmpdir()
  }
}
