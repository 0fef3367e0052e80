import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { decodeText } from '../decode.ts'
import type { IssuePlace } from '../issue.ts'
import { Unreadable } from '../unreadable.ts'

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

const maxDepth = 32
const maxAttributes = 16
/** Characters without a single event: one huge text, comment, name or attribute. */
const maxSilence = 256 * 1024
const maxText = 64 * 1024

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

class Guard {
  readonly #parser = new SaxesParser({ xmlns: false, position: true })
  readonly #handler: XmlHandler
  readonly #at = { line: 1, column: 1 }
  #depth = 0
  #text = ''
  #sawRoot = false
  #silence = 0
  #ending = false

  constructor(handler: XmlHandler) {
    this.#handler = handler
    this.#parser.on('opentag', (tag) => this.#open(tag))
    this.#parser.on('closetag', (tag) => this.#close(tag.name))
    this.#parser.on('text', (text) => this.#addText(text))
    this.#parser.on('cdata', (text) => this.#addText(text))
    this.#parser.on('doctype', () => this.#refuseDoctype())
    this.#parser.on('error', (error) => this.#malformed(error.message))
  }

  write(text: string): void {
    const before = this.#silence
    this.#silence = before + text.length
    this.#parser.write(text)
    if (this.#silence > maxSilence) throw tooLong(this.#place())
  }

  close(): void {
    this.#ending = true
    this.#parser.close()
  }

  #place(): IssuePlace {
    return { line: this.#parser.line, column: this.#parser.column + 1 }
  }

  #position(): XmlPosition {
    this.#at.line = this.#parser.line
    this.#at.column = this.#parser.column + 1
    return this.#at
  }

  #open(tag: SaxesTagPlain): void {
    this.#silence = 0
    this.#sawRoot = true
    this.#depth += 1
    if (this.#depth > maxDepth) throw tooDeep(this.#place())
    let attributes = 0
    for (const _ in tag.attributes) attributes += 1
    if (attributes > maxAttributes) throw tooLong(this.#place())
    if (this.#text !== '' && /[^ \t\r\n]/u.test(this.#text)) this.#handler.stray(this.#position())
    this.#text = ''
    this.#handler.open(tag.name, tag.attributes, this.#position())
  }

  #close(name: string): void {
    this.#silence = 0
    this.#depth -= 1
    const text = this.#text
    this.#text = ''
    this.#handler.close(name, text, this.#position())
  }

  #addText(text: string): void {
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
      },
      place,
      '102',
    )
  }
}

function emptyFile(): Unreadable {
  return new Unreadable(
    'EMPTY',
    { nl: 'Het bestand is leeg.', fr: 'Le fichier est vide.' },
    { line: 1, column: 1 },
    '134',
  )
}

function notXml(place: IssuePlace): Unreadable {
  return new Unreadable('NOT-XML', { nl: 'Dit is geen XML-bestand.', fr: "Ce n'est pas un fichier XML." }, place, '102')
}

function cutOff(place: IssuePlace): Unreadable {
  return new Unreadable(
    'CUT-OFF',
    {
      nl: `Het bestand stopt te vroeg, op regel ${place.line}: het einde ontbreekt. Zend het volledige bestand.`,
      fr: `Le fichier s'arrête trop tôt, à la ligne ${place.line} : la fin manque. Envoyez le fichier complet.`,
    },
    place,
    '102',
  )
}

function tooDeep(place: IssuePlace): Unreadable {
  return new Unreadable(
    'TOO-DEEP',
    {
      nl: `Er zitten meer dan ${maxDepth} elementen in elkaar; een echte aangifte heeft er hoogstens tien.`,
      fr: `Plus de ${maxDepth} éléments sont imbriqués ; une vraie déclaration en a dix au plus.`,
    },
    place,
    '184',
  )
}

function tooLong(place: IssuePlace): Unreadable {
  return new Unreadable(
    'TOO-LONG',
    {
      nl: `Rond regel ${place.line} staat een element, tekst of commentaar dat buitensporig lang is.`,
      fr: `Aux environs de la ligne ${place.line}, un élément, un texte ou un commentaire est démesurément long.`,
    },
    place,
    '184',
  )
}
