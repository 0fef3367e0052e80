import type { Readable } from 'node:stream'
import { inputTexts, inputWords, isStorable } from '@ziv/http'
import { parseJson, utf8Lines, type Words } from '@ziv/kernel'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { InvalidItem } from '../intake/line-types.ts'

const lineBytesMax = 16_384

const tooLong: Words = {
  nl: 'ze is langer dan 16 384 bytes',
  fr: 'elle dépasse 16 384 octets',
  de: 'sie ist länger als 16 384 Bytes',
  en: 'it is longer than 16,384 bytes',
}

/**
 * Items of a JSON Lines body, one by one, each checked by its schema. A line that cannot be read is yielded as such, so
 * that it is refused in its place, in the sentences of the single routes and the language of the caller, and the good ones are kept.
 * The text of a line is never repeated: it may hold an INSZ.
 */
export async function* jsonLines<S extends z.ZodType>(
  request: FastifyRequest,
  schema: S,
): AsyncGenerator<z.infer<S> | InvalidItem> {
  const invalid = (words: Words) => new InvalidItem(words[request.language])
  for await (const line of utf8Lines(request.body as Readable, lineBytesMax)) {
    // nothing of it is guessed: a number or a reference in wrong bytes would be that of somebody else
    if (line.text === null) yield invalid(line.fault === 'bytes' ? inputTexts('NAME_CHARACTERS') : tooLong)
    else if (line.text.trim() !== '') yield readLine(line.text, schema, invalid)
  }
}

function readLine<S extends z.ZodType>(
  line: string,
  schema: S,
  invalid: (words: Words) => InvalidItem,
): z.infer<S> | InvalidItem {
  const read = parseJson(line)
  // a character that no database stores: half a surrogate pair or NUL
  if (!read.ok || !isStorable(read.value)) return invalid(inputTexts('JSON_FORMAT'))
  const parsed = schema.safeParse(read.value)
  if (parsed.success) return parsed.data
  return invalid(inputWords(schema, read.value))
}
