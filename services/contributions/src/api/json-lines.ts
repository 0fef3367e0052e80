import { Readable } from 'node:stream'
import { isStorable } from '@ziv/http'
import { parseJson } from '@ziv/kernel'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { InvalidItem } from '../bulk/types.ts'

const lineCharactersMax = 16_384

/**
 * Items of a JSON Lines body, one by one, each checked by its schema. A line that cannot be read is yielded as such, so
 * that it is refused in its place and the good ones are kept. The text of a line is never repeated: it may hold an INSZ.
 */
export async function* jsonLines<S extends z.ZodType>(
  request: FastifyRequest,
  schema: S,
): AsyncGenerator<z.infer<S> | InvalidItem> {
  const source = request.body instanceof Readable ? request.body : Readable.from([])
  for await (const line of linesOf(source)) {
    if (line === null) yield new InvalidItem('length')
    else if (line.trim() !== '') yield readLine(line, schema)
  }
}

function readLine<S extends z.ZodType>(line: string, schema: S): z.infer<S> | InvalidItem {
  const read = parseJson(line)
  // a character that no database stores: half a surrogate pair, NUL, or bytes in another encoding
  if (!read.ok || !isStorable(read.value) || line.includes('\uFFFD')) return new InvalidItem('JSON')
  const parsed = schema.safeParse(read.value)
  if (parsed.success) return parsed.data
  return new InvalidItem([...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'fields'))].join(', '))
}

/** Lines of a stream with bounded memory: of a line that is too long only null remains. */
async function* linesOf(source: Readable): AsyncGenerator<string | null> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let skipping = false
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop()!
    for (const part of parts) {
      if (!skipping) yield part.length > lineCharactersMax ? null : part
      skipping = false
    }
    if (rest.length > lineCharactersMax) {
      if (!skipping) yield null
      skipping = true
      rest = ''
    }
  }
  if (!skipping && rest !== '') yield rest
}
