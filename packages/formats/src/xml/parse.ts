import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { decodeText } from '../decode.ts'
import type { IssuePlace } from '../issue.ts'
import { Unreadable } from '../unreadable.ts'
import { ElementNames } from './element-names.ts'
import { cutOff, emptyFile, maxDepth, notXml, tooDeep, tooLong } from './faults.ts'

export interface XmlPosition {
  readonly line: number
  readonly column: number
}

/** What a reader does with the elements. A handler may throw `Unreadable` to stop. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>, at: XmlPosition): void
  /** `text` is the text since the last tag: the value of an element without children. */
  close(name: string, text: string, at: XmlPosition): void
  /** Text that stands between two child elements. */
  stray(at: XmlPosition): void
}

const maxAttributes = 16
/** Characters without a single event: one huge text, comment, name or attribute. */
const maxSilence = 256 * 1024
const maxText = 64 * 1024

/** Text without references, line ends to translate, or characters that need a look at the next one. */
const notPlainText = /[^\t\n\x20-%'-\\^-\uD7FF\uE000-\uFFFD]/
const noAttributes: Readonly<Record<string, string>> = Object.freeze({})

/**
 * Reads XML piece by piece and calls the handler; yields after every piece, so that the caller hands on what it has.
 * No DOCTYPE, no entities of its own, limits on depth, attributes and text: a hostile file stops early and small.
 * Throws `Unreadable` where reading cannot go on; errors of the source itself pass unchanged.
 */
export async function* parseXml(
  source: AsyncIterable<Uint8Array | string>,
  handler: XmlHandler,
): AsyncGenerator<number> {
  const guard = new Guard(handler)
  let empty = true
  for await (const text of decodeText(source)) {
    if (text.length === 0) continue
    empty = false
    guard.write(text)
    yield text.length
  }
  if (empty) throw emptyFile()
  guard.close()
}

const slash = 0x2f

function newLineFrom(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? Number.POSITIVE_INFINITY : at
}

/**
 * Plain elements and texts, all but a few of a declaration, are read here; whatever is anything else goes through the
 * parser, from the tag before it to the tag behind it, so that it is understood and refused as the parser does.
 */
class Guard {
  readonly #parser = new SaxesParser({ xmlns: false, position: true })
  readonly #handler: XmlHandler
  readonly #at = { line: 1, column: 1 }
  /** Names of the open elements, ours and the parser's; they share the first `#shared`. */
  readonly #open: string[] = []
  readonly #parsed: string[] = []
  #shared = 0
  readonly #names = new ElementNames()
  /** Where plain reading stands, in characters of the piece: the end of the last tag, its line and the next line. */
  #end = 0
  #line = 1
  #lineStart = 0
  #newLine = -1
  /** The parser is at work; it starts, and ends the file. */
  #parsing = true
  /** Its tags are only told, they are no news. */
  #told = false
  #sawTag = false
  #rest = ''
  #text = ''
  #sawRoot = false
  #silence = 0
  #ending = false

  constructor(handler: XmlHandler) {
    this.#handler = handler
    this.#parser.on('opentag', (tag) => this.#parsedOpen(tag))
    this.#parser.on('closetag', (tag) => this.#parsedClose(tag.name))
    this.#parser.on('text', (text) => this.#addText(text))
    this.#parser.on('cdata', (text) => this.#addText(text))
    this.#parser.on('doctype', () => this.#refuseDoctype())
    this.#parser.on('error', (error) => this.#malformed(error.message))
  }

  write(piece: string): void {
    this.#silence += piece.length
    const text = this.#rest === '' ? piece : this.#rest + piece
    this.#rest = ''
    this.#newLine = -1
    let at = 0
    while (at < text.length) {
      if (this.#parsing) {
        at = this.#parse(text, at)
        continue
      }
      at = this.#read(text, at)
      if (this.#parsing) continue
      if (text.length - at <= maxText) break
      this.#handOver(at)
    }
    this.#rest = text.slice(at)
    this.#lineStart -= at
    this.#end -= at
    if (this.#silence > maxSilence) throw tooLong(this.#place())
  }

  close(): void {
    if (!this.#parsing) this.#handOver(0)
    this.#parser.write(this.#rest)
    this.#ending = true
    this.#parser.close()
  }

  /** Lets the parser go on to the next `>`. When a tag of the file ends there, plain reading takes over. */
  #parse(text: string, from: number): number {
    const end = text.indexOf('>', from) + 1
    this.#sawTag = false
    this.#parser.write(end === 0 ? text.slice(from) : text.slice(from, end))
    if (end === 0) return text.length
    if (this.#sawTag && this.#open.length > 0) {
      this.#line = this.#parser.line
      this.#lineStart = end - this.#parser.column
      this.#newLine = -1
      this.#end = end
      this.#parsing = false
    }
    return end
  }

  /** Brings the parser to the elements that are open here, and to this place. */
  #handOver(at: number): void {
    this.#told = true
    while (this.#parsed.length > this.#shared) this.#parser.write(`</${this.#parsed.pop()}>`)
    for (const name of this.#open.slice(this.#shared)) {
      this.#parser.write(`<${name}>`)
      this.#parsed.push(name)
    }
    this.#told = false
    this.#shared = this.#open.length
    this.#parser.line = this.#line
    this.#parser.column = at - this.#lineStart
    this.#parsing = true
  }

  /** Reads plain elements up to the first thing that is none, or that the piece cuts; answers where that begins. */
  #read(text: string, from: number): number {
    let at = from
    for (;;) {
      const start = text.indexOf('<', at)
      const end = start === -1 ? -1 : text.indexOf('>', start) + 1
      this.#end = at
      if (end <= 0) return at
      const before = start === at ? '' : text.slice(at, start)
      if (before !== '' && (before.length > maxText || notPlainText.test(before))) break
      if (text.charCodeAt(start + 1) === slash) {
        const depth = this.#open.length
        const name = this.#open[depth - 1]!
        if (depth === 1 || end - start !== name.length + 3 || !text.startsWith(name, start + 2)) break
        this.#moveTo(text, end)
        this.#text = before
        this.#names.closed(name)
        this.#close(name)
      } else {
        const name = this.#names.opened(text, start + 1, end - 1)
        if (name === undefined || this.#open.length >= maxDepth) break
        this.#moveTo(text, end)
        this.#text = before
        this.#openElement(name, noAttributes)
      }
      at = end
    }
    this.#handOver(at)
    return at
  }

  /** Counts the lines up to the end of a tag. */
  #moveTo(text: string, end: number): void {
    this.#end = end
    if (this.#newLine === -1) this.#newLine = newLineFrom(text, this.#lineStart)
    while (this.#newLine < end) {
      this.#line += 1
      this.#lineStart = this.#newLine + 1
      this.#newLine = newLineFrom(text, this.#lineStart)
    }
  }

  #place(): IssuePlace {
    if (this.#parsing) return { line: this.#parser.line, column: this.#parser.column + 1 }
    return { line: this.#line, column: this.#end - this.#lineStart + 1 }
  }

  #position(): XmlPosition {
    this.#at.line = this.#parsing ? this.#parser.line : this.#line
    this.#at.column = (this.#parsing ? this.#parser.column : this.#end - this.#lineStart) + 1
    return this.#at
  }

  #parsedOpen(tag: SaxesTagPlain): void {
    if (this.#told) return
    this.#sawTag = true
    let attributes = 0
    for (const _ in tag.attributes) attributes += 1
    if (this.#open.length >= maxDepth) throw tooDeep(this.#place())
    if (attributes > maxAttributes) throw tooLong(this.#place())
    this.#sawRoot = true
    this.#parsed.push(tag.name)
    this.#shared += 1
    this.#openElement(tag.name, tag.attributes)
  }

  #openElement(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#silence = 0
    this.#open.push(name)
    if (this.#text !== '' && /[^ \t\r\n]/u.test(this.#text)) this.#handler.stray(this.#position())
    this.#text = ''
    this.#handler.open(name, attributes, this.#position())
  }

  #parsedClose(name: string): void {
    if (this.#told) return
    this.#sawTag = true
    this.#parsed.pop()
    this.#close(name)
  }

  #close(name: string): void {
    this.#silence = 0
    this.#open.pop()
    if (this.#open.length < this.#shared) this.#shared = this.#open.length
    const text = this.#text
    this.#text = ''
    this.#handler.close(name, text, this.#position())
  }

  #addText(text: string): void {
    if (this.#told) return
    this.#silence = 0
    this.#text = this.#text === '' ? text : this.#text + text
    if (this.#text.length > maxText) throw tooLong(this.#place())
  }

  #refuseDoctype(): never {
    throw new Unreadable(
      'DOCTYPE',
      {
        nl: 'Het bestand bevat een DOCTYPE. Dat is niet toegelaten: verwijder het en zend het bestand opnieuw.',
        fr: "Le fichier contient un DOCTYPE. Ce n'est pas permis : supprimez-le et renvoyez le fichier.",
        de: 'Die Datei enthält ein DOCTYPE. Das ist nicht zugelassen: entfernen Sie es und senden Sie die Datei erneut.',
        en: 'The file holds a DOCTYPE. That is not allowed: remove it and send the file again.',
      },
      this.#place(),
      '102',
    )
  }

  #malformed(message: string): never {
    const place = this.#place()
    if (/entit/iu.test(message)) {
      throw new Unreadable(
        'ENTITY',
        {
          nl: `Regel ${place.line}: het bestand gebruikt een onbekende entiteit (&...;). Alleen de vijf van XML zijn toegelaten.`,
          fr: `Ligne ${place.line} : le fichier utilise une entité inconnue (&...;). Seules les cinq de XML sont permises.`,
          de: `Zeile ${place.line}: die Datei verwendet eine unbekannte Entität (&...;). Nur die fünf von XML sind zugelassen.`,
          en: `Line ${place.line}: the file uses an unknown entity (&...;). Only the five of XML are allowed.`,
        },
        place,
        '102',
      )
    }
    if (!this.#sawRoot) throw notXml(place)
    if (this.#ending || /unclosed|unexpected end/iu.test(message)) throw cutOff(place)
    throw new Unreadable(
      'XML',
      {
        nl: `Het bestand is geen correcte XML vanaf regel ${place.line}, kolom ${place.column}. Alles ervoor is gelezen, de rest niet.`,
        fr: `Le fichier n'est plus du XML correct à partir de la ligne ${place.line}, colonne ${place.column}. Ce qui précède est lu, le reste non.`,
        de: `Die Datei ist ab Zeile ${place.line}, Spalte ${place.column} kein korrektes XML. Alles davor wurde gelesen, der Rest nicht.`,
        en: `The file is not correct XML from line ${place.line}, column ${place.column} on. Everything before it was read, the rest was not.`,
      },
      place,
      '102',
    )
  }
}
