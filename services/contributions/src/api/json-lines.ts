import type { Readable } from 'node:stream'
import { isStorable } from '@ziv/http'
import { parseJson, utf8Lines } from '@ziv/kernel'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { InvalidItem } from '../intake/line-types.ts'

const lineBytesMax = 16_384

/**
 * Items of a JSON Lines body, one by one, each checked by its schema. A line that cannot be read is yielded as such, so
 * that it is refused in its place and the good ones are kept. The text of a line is never repeated: it may hold an INSZ.
 */
export async function* jsonLines<S extends z.ZodType>(
  request: FastifyRequest,
  schema: S,
): AsyncGenerator<z.infer<S> | InvalidItem> {
  for await (const line of utf8Lines(request.body as Readable, lineBytesMax)) {
    // nothing of it is guessed: a number or a reference in wrong bytes would be that of somebody else
    if (line.text === null) yield new InvalidItem(line.fault === 'bytes' ? 'UTF-8' : 'length')
    else if (line.text.trim() !== '') yield readLine(line.text, schema)
  }
}

function readLine<S extends z.ZodType>(line: string, schema: S): z.infer<S> | InvalidItem {
  const read = parseJson(line)
  // a character that no database stores: half a surrogate pair or NUL
  if (!read.ok || !isStorable(read.value)) return new InvalidItem('JSON')
  const parsed = schema.safeParse(read.value)
  if (parsed.success) return parsed.data
  return new InvalidItem([...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || 'fields'))].join(', '))
}
