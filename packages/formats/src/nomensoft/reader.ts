import { type IsoDate, isIsoDate, parseNomenclatureCode } from '@ziv/kernel'
import { IssueLog, quote } from '../issue.ts'
import { Unreadable } from '../unreadable.ts'
import { parseXml, type XmlHandler, type XmlPosition } from '../xml/parse.ts'
import type { NomensoftEnd, NomensoftItem, NomensoftOptions, NomensoftRow } from './types.ts'

/** Last day that stands for "still valid". */
const openEnd = '2999-12-31'
/** A row element has about fifteen columns. */
const maxColumns = 60

/**
 * Reads a NomenSoft export (XML: one root, one element per row, one element per column) of dated fees and
 * reimbursements as a stream. Rows without an amount (summaries, rules) are skipped. Yields rows, issues, rows refused
 * (behind their issues, and also when those are not listed any more) and one `end` last; never throws for what is in the file.
 */
export async function* readNomensoft(
  source: AsyncIterable<Uint8Array | string>,
  options: NomensoftOptions = {},
): AsyncGenerator<NomensoftItem> {
  const reading = new NomensoftReading(options)
  let complete = true
  try {
    for await (const _ of parseXml(source, reading)) yield* reading.take()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    complete = false
    reading.stop(error)
  }
  yield* reading.take()
  yield { kind: 'end', end: reading.end(complete) }
}

class NomensoftReading implements XmlHandler {
  readonly #log: IssueLog
  #queue: NomensoftItem[] = []
  #depth = 0
  #values = new Map<string, string>()
  #line = 1
  #rows = 0

  constructor(options: NomensoftOptions) {
    this.#log = new IssueLog(options)
  }

  take(): NomensoftItem[] {
    const items = this.#queue
    this.#queue = []
    return items
  }

  end(complete: boolean): NomensoftEnd {
    return { rows: this.#rows, issues: this.#log.totals(), complete }
  }

  stop({ reason, words, place }: Unreadable): void {
    const code = `NOMEN-${reason}`
    this.#log.admit(code, 'fatal')
    this.#queue.push({ kind: 'issue', issue: { code, severity: 'fatal', ...words, place } })
  }

  open(name: string, _attributes: Readonly<Record<string, string>>, at: XmlPosition): void {
    this.#depth += 1
    if (this.#depth === 1 && name !== 'dataroot' && !/^(?:ArrayOf|NOMEN)/u.test(name)) {
      const text = {
        nl: `Het eerste element is "${quote(name)}"; een NomenSoft-bestand begint met "dataroot".`,
        fr: `Le premier élément est « ${quote(name)} » ; un fichier NomenSoft commence par « dataroot ».`,
        de: `Das erste Element ist „${quote(name)}“; eine NomenSoft-Datei beginnt mit „dataroot“.`,
        en: `The first element is "${quote(name)}"; a NomenSoft file begins with "dataroot".`,
      }
      throw new Unreadable('ROOT', text, { line: at.line, column: at.column })
    }
    if (this.#depth === 2) {
      this.#values = new Map()
      this.#line = at.line
    }
  }

  close(name: string, text: string, at: XmlPosition): void {
    this.#depth -= 1
    if (this.#depth === 2 && this.#values.size < maxColumns) this.#values.set(name.toLowerCase(), text.trim())
    if (this.#depth === 1 && this.#values.has('fee')) this.#row(at)
  }

  /** Text between columns means nothing. */
  stray(): void {}

  #row(at: XmlPosition): void {
    const value = (name: string): string => this.#values.get(name) ?? ''
    const code = parseNomenclatureCode(value('nomen_code').padStart(6, '0'))
    const from = dateOf(value('dbegin_fee'))
    const to = dateOf(value('dend_fee') === '' ? openEnd : value('dend_fee'))
    const amount = amountOf(value('fee'))
    if (!code.ok) this.#issue('NOMEN-CODE', 'nomen_code', value('nomen_code'), at)
    if (from === null) this.#issue('NOMEN-DATE', 'dbegin_fee', value('dbegin_fee'), at)
    if (to === null || (from !== null && to < from)) this.#issue('NOMEN-DATE', 'dend_fee', value('dend_fee'), at)
    if (amount === null) this.#issue('NOMEN-AMOUNT', 'fee', value('fee'), at)
    if (!code.ok || from === null || to === null || to < from || amount === null) {
      this.#queue.push({ kind: 'refused', row: { line: at.line, code: code.ok ? code.value : null } })
      return
    }
    const row: NomensoftRow = {
      code: code.value,
      validFrom: from,
      validTo: to >= openEnd ? null : to,
      category: value('fee_code_cat') || null,
      feeCode: value('fee_code') || null,
      description: { nl: value('nomen_desc_nl'), fr: value('nomen_desc_fr') },
      feeDescription: { nl: value('fee_code_desc_nl'), fr: value('fee_code_desc_fr') },
      amount,
      document: value('author_doc') || null,
    }
    this.#rows += 1
    this.#queue.push({ kind: 'row', row })
  }

  #issue(code: string, column: string, value: string, at: XmlPosition): void {
    if (!this.#log.admit(code, 'error')) return
    const words = {
      nl: `De rij van regel ${this.#line} heeft een onbruikbare waarde in ${column}: "${quote(value)}".`,
      fr: `La rangée de la ligne ${this.#line} a une valeur inutilisable dans ${column} : « ${quote(value)} ».`,
      de: `Die Reihe der Zeile ${this.#line} hat einen unbrauchbaren Wert in ${column}: „${quote(value)}“.`,
      en: `The row of line ${this.#line} has an unusable value in ${column}: "${quote(value)}".`,
    }
    const place = { line: at.line, column: at.column, path: column }
    this.#queue.push({ kind: 'issue', issue: { code, severity: 'error', ...words, place } })
  }
}

/** Exports write days with or without a time of day. */
function dateOf(text: string): IsoDate | null {
  const day = text.slice(0, 10)
  return isIsoDate(day) && /^(?:T.*)?$/u.test(text.slice(10)) ? day : null
}

/** Euros with exactly six decimals; null when the text is no amount. */
function amountOf(text: string): string | null {
  const match = /^(-?)(\d{1,9})(?:[.,](\d{1,6})0*)?$/u.exec(text)
  if (match === null) return null
  return `${match[1]}${Number(match[2])}.${(match[3] ?? '').padEnd(6, '0')}`
}
