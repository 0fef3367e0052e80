import { isAscii } from 'node:buffer'
import { NotUtf8, Utf8Decoder } from '@ziv/kernel'
import type { FastifyRequest } from 'fastify'
import { badRequest } from '../problems/problem-error.ts'
import { unsupported } from './media-type.ts'

export type Charset = 'utf-8' | 'us-ascii' | 'iso-8859-1'

/** ASCII is UTF-8 of one byte per character: who names it is read alike. */
export const utf8Charsets = ['utf-8', 'us-ascii'] as const

const parameter = /;\s*charset\s*=\s*(?:"([^"]*)"|([^;\s]*))/gi

/** The charset that a request names, null when it names none. 415 for two of them, or one that is not among `readable`. */
export function charsetOf(request: FastifyRequest, readable: readonly Charset[] = utf8Charsets): Charset | null {
  const type = request.headers['content-type'] ?? ''
  if (!type.includes(';')) return null
  const named = [...type.matchAll(parameter)]
  if (named.length === 0) return null
  const [, quoted, plain = ''] = named[0]!
  const found = readable.find((charset) => charset === (quoted ?? plain).toLowerCase())
  if (named.length > 1 || found === undefined) throw unsupported.charset(readable)
  return found
}

/** Makes of the pieces of a file, and of its end, the bytes that its reader takes. */
export interface Recoding {
  piece(bytes: Buffer): Buffer
  end(): Buffer
}

const asItCame: Recoding = { piece: (bytes) => bytes, end: () => Buffer.alloc(0) }

/** For a reader of one byte per character, which is ISO-8859-1 unless the request says otherwise. */
export function toOneBytePerCharacter(charset: Charset | null): Recoding {
  if (charset === 'us-ascii') return { ...asItCame, piece: asciiOnly() }
  if (charset !== 'utf-8') return asItCame
  const decoder = new Utf8Decoder()
  return { piece: (bytes) => narrow(() => decoder.decode(bytes)), end: () => narrow(() => decoder.end()) }
}

function asciiOnly(): (bytes: Buffer) => Buffer {
  let before = 0
  return (bytes) => {
    if (!isAscii(bytes)) throw wrongByte(before + bytes.findIndex((byte) => byte > 0x7f))
    before += bytes.length
    return bytes
  }
}

function narrow(read: () => string): Buffer {
  let text: string
  try {
    text = read()
  } catch (error) {
    throw error instanceof NotUtf8 ? wrongByte(error.offset) : error
  }
  if (/[^\0-\u00ff]/u.test(text))
    throw badRequest({ type: 'invalidStructure', in: 'body', name: 'file', detail: tooWide })
  return Buffer.from(text, 'latin1')
}

function wrongByte(offset: number) {
  const detail = {
    nl: `byte ${offset} past niet bij de charset in Content-Type: noem de charset waarin het bestand is bewaard`,
    fr: `l'octet ${offset} ne correspond pas au charset du Content-Type: citez celui dans lequel le fichier est enregistré`,
    de: `Byte ${offset} passt nicht zum Charset in Content-Type: nennen Sie den, in dem die Datei gespeichert ist`,
    en: `byte ${offset} does not fit the charset in Content-Type: name the one in which the file was saved`,
  }
  return badRequest({ type: 'invalidStructure', in: 'body', name: 'file', detail })
}

const tooWide = {
  nl: 'het bestand bevat een teken dat niet in ISO-8859-1 bestaat, de tekenset van dit formaat',
  fr: "le fichier contient un caractère qui n'existe pas en ISO-8859-1, le jeu de caractères de ce format",
  de: 'die Datei enthält ein Zeichen, das es in ISO-8859-1, dem Zeichensatz dieses Formats, nicht gibt',
  en: 'the file has a character that does not exist in ISO-8859-1, the character set of this format',
}
