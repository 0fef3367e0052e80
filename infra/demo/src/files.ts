import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A file the demonstration wrote, so that a person can look at it and send it again. */
export interface WrittenFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** Writes a file whole or not at all: a kill leaves no half file under its name. */
export async function writeWhole(folder: string, name: string, content: AsyncIterable<string>): Promise<WrittenFile> {
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true })
  const hash = createHash('sha256')
  let bytes = 0
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const text of content) {
      const chunk = Buffer.from(text)
      bytes += chunk.length
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(Readable.from(measured()), createWriteStream(`${path}.part`))
  await rename(`${path}.part`, path)
  return { path, bytes, sha256: hash.digest('hex') }
}

/** Items as a file with one JSON object a line; of none an empty one. */
export async function* jsonLines(items: AsyncIterable<object> | Iterable<object>): AsyncGenerator<Buffer> {
  for await (const item of items) yield Buffer.from(`${JSON.stringify(item)}\n`)
}

/** The bytes of a file, as a service reads an upload. */
export const readBytes = (path: string): AsyncIterable<Buffer> => createReadStream(path)
