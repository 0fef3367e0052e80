import type { IsoDate } from '@ziv/kernel'
import { IssueLog, type IssuePlace, type Severity } from '../issue.ts'
import type { Unreadable } from '../unreadable.ts'
import type { XmlHandler, XmlPosition } from '../xml/parse.ts'
import { BlockCursor, misplacedOf, type OpenBlock } from './cursor.ts'
import { checkOccupation, checkQuarterDates, formOf, isDeclarable, type Report } from './declaration-check.ts'
import { checkField } from './field-check.ts'
import { fatalOf, issueOf, type Official, placeOf } from './issue-of.ts'
import type { MessageParams } from './messages.ts'
import { checkPerson, newPerson } from './person.ts'
import { atMostSafe, maxParts, RecordBuilder } from './record-builder.ts'
import { hasAttributes, localName, refuseOtherRoots } from './root.ts'
import { SequenceNumbers } from './sequence-numbers.ts'
import type { Block, DmfaStructure, Field, Particle } from './structure.ts'
import type { DmfaEnd, DmfaForm, DmfaItem, DmfaOptions } from './types.ts'
import type { WageCodes } from './wage.ts'
import { isQuotable, weightOf } from './weight.ts'

/** Follows the elements of one file and queues the items they make. Fed by `parseXml`, emptied by `take`. */
export class DmfaReading implements XmlHandler {
  readonly #structure: DmfaStructure
  readonly #codes: WageCodes
  readonly #today: IsoDate | null
  readonly #log: IssueLog
  #queue: DmfaItem[] = []
  readonly #frames: OpenBlock[] = []
  #field: Field | null = null
  /** Depth of elements that are skipped because the schema does not know the outermost one. */
  #skipping = 0
  #root: string | null = null
  #form: DmfaForm | null = null
  #reference: string | null = null
  readonly #counts = { forms: 0, persons: 0, workerRecords: 0, usable: 0 }
  #wage = 0n
  #person = newPerson()
  #builder: RecordBuilder | null = null
  #broken = { form: false, person: false, record: false }
  #seen = new SequenceNumbers()
  #pathTail = ''

  constructor(structure: DmfaStructure, codes: WageCodes, options: DmfaOptions) {
    this.#structure = structure
    this.#codes = codes
    this.#today = options.today ?? null
    this.#log = new IssueLog(options)
  }

  /** Hands over the items read so far. */
  take(): DmfaItem[] {
    const items = this.#queue
    this.#queue = []
    return items
  }

  end(bytes: number, complete: boolean): DmfaEnd {
    return {
      messageType: this.#root,
      ...this.#counts,
      wageCents: atMostSafe(this.#wage),
      bytes,
      issues: this.#log.totals(),
      complete,
    }
  }

  /** Turns the reason why reading stopped into a fatal issue. */
  stop(reason: Unreadable): void {
    const issue = fatalOf(reason, this.#place(null))
    if (this.#log.admit(issue.code, 'fatal')) this.#queue.push({ kind: 'issue', issue })
  }

  open(name: string, attributes: Readonly<Record<string, string>>, at: XmlPosition): void {
    if (this.#skipping > 0) {
      this.#skipping += 1
      return
    }
    const parent = this.#frames.at(-1)
    if (parent === undefined) {
      this.#openRoot(name, attributes, at)
      return
    }
    if (this.#field !== null) {
      this.#issue('DMFA-UNKNOWN-ELEMENT', 'warning', at, { element: name, block: this.#field.name }, '092', null)
      this.#skipping = 1
      return
    }
    this.#pathTail = name
    if (hasAttributes(attributes)) this.#issue('DMFA-ATTRIBUTE', 'warning', at, { element: name }, '146', null)
    if (!this.#accept(parent, name, at)) return
    const field = this.#structure.fields.get(name)
    if (field !== undefined) {
      this.#field = field
      return
    }
    this.#openBlock(this.#structure.blocks.get(name)!, at)
  }

  close(_name: string, text: string, at: XmlPosition): void {
    if (this.#skipping > 0) {
      this.#skipping -= 1
      return
    }
    const frame = this.#frames.at(-1)
    if (frame === undefined) return
    if (this.#field !== null) {
      this.#closeField(frame, this.#field, text, at)
      this.#field = null
      this.#pathTail = ''
      return
    }
    if (/[^ \t\r\n]/u.test(text)) this.stray(at)
    this.#missing(frame.cursor.finish(), frame, at)
    this.#closeBlock(frame, at)
    this.#frames.pop()
  }

  stray(at: XmlPosition): void {
    const block = this.#frames.at(-1)?.cursor.block
    if (this.#skipping > 0 || block === undefined) return
    this.#issue('DMFA-TEXT', 'warning', at, { element: block.name, block: block.name }, '102', null)
  }

  #openRoot(name: string, attributes: Readonly<Record<string, string>>, at: XmlPosition): void {
    this.#root = localName(name)
    refuseOtherRoots(name, attributes, at)
    this.#openBlock(this.#structure.blocks.get('DmfAOriginal')!, at)
  }

  /** Checks the place of an element in its block; false when it is skipped with all it holds. */
  #accept(parent: OpenBlock, name: string, at: XmlPosition): boolean {
    const block = parent.cursor.block
    const misplaced = parent.cursor.next(name)
    this.#missing(parent.cursor.missed(), parent, at)
    if (misplaced === null) return true
    const severity = weightOf(name)
    const params = { element: name, block: block.name }
    const anomalies = this.#structure.fields.get(name) ?? this.#structure.blocks.get(name) ?? null
    const found = misplacedOf(misplaced)
    this.#issue(
      found.code,
      found.severity ?? severity,
      at,
      { ...params, ...found.detail },
      found.serial,
      found.severity ? null : anomalies,
    )
    const isBlock = name !== 'EmployerDeclaration' && this.#structure.blocks.has(name)
    if (misplaced.kind === 'order' || (misplaced.kind === 'tooMany' && isBlock)) return true
    this.#skipping = 1
    this.#pathTail = ''
    return false
  }

  #openBlock(block: Block, at: XmlPosition): void {
    this.#pathTail = ''
    switch (block.name) {
      case 'Form':
        this.#counts.forms += 1
        this.#form = null
        this.#reference = null
        this.#seen = new SequenceNumbers()
        this.#broken = { form: false, person: false, record: false }
        break
      case 'NaturalPerson':
        this.#announceForm(at)
        this.#counts.persons += 1
        this.#person = newPerson()
        this.#broken.person = false
        break
      case 'WorkerRecord':
        this.#checkPerson(at)
        this.#person.records += 1
        this.#broken.record = false
        this.#builder = new RecordBuilder(this.#codes, this.#form?.quarter ?? null)
        break
      case 'CompanyVehicle':
      case 'ContributionUnrelatedToNP':
        this.#announceForm(at)
        break
    }
    this.#frames.push({ cursor: new BlockCursor(block), values: {}, line: at.line })
  }

  #closeField(frame: OpenBlock, field: Field, raw: string, at: XmlPosition): void {
    const value = field.kind === 'text' ? raw : raw.trim()
    const fault = checkField(field, value)
    const isQuarter = field.name === 'Quarter' && value !== ''
    if (fault === null && !(isQuarter && !isDeclarable(value))) {
      frame.values[field.name] ??= value
      return
    }
    if (isQuarter || fault === null) {
      this.#issue('DMFA-QUARTER', 'error', at, { element: field.name, value }, '003', field)
      return
    }
    const quoted = isQuotable(field.name, value) ? { value } : {}
    const severity = weightOf(field.name)
    this.#issue(fault.code, severity, at, { element: field.name, ...quoted, rule: fault.rule }, fault.serial, field)
  }

  #closeBlock(frame: OpenBlock, at: XmlPosition): void {
    const { name } = frame.cursor.block
    if (name === 'Occupation') checkOccupation(frame.values, this.#reporter(at))
    if (name === 'Reference') this.#reference = frame.values.ReferenceNbr ?? null
    if (this.#builder !== null && !this.#builder.add(name, frame.values)) {
      this.#issue('DMFA-TOO-MANY', 'error', at, { element: name, block: name, other: String(maxParts) }, '090', null)
    }
    if (name === 'WorkerRecord') this.#closeWorkerRecord(frame, at)
    else if (name === 'EmployerDeclaration') this.#announceForm(at)
  }

  #closeWorkerRecord(frame: OpenBlock, at: XmlPosition): void {
    const builder = this.#builder
    const form = this.#form
    this.#builder = null
    if (builder === null || form === null) return
    checkQuarterDates(frame.values, form.quarter, this.#reporter(at))
    const usable = !this.#broken.form && !this.#broken.person && !this.#broken.record
    const record = builder.build(frame.values, {
      form,
      personSequence: this.#person.sequence,
      workerRecord: this.#person.records,
      insz: this.#person.insz,
      usable,
      line: frame.line,
    })
    this.#counts.workerRecords += 1
    if (usable) {
      this.#counts.usable += 1
      this.#wage += BigInt(record.wageCents)
    }
    this.#queue.push({ kind: 'workerRecord', record })
  }

  /** Yields the header of the form as soon as it is complete: at the first person, or at the end. */
  #announceForm(at: XmlPosition): void {
    if (this.#form !== null) return
    const declaration = this.#frames.find((frame) => frame.cursor.block.name === 'EmployerDeclaration')
    if (declaration === undefined) return
    const head = this.#frames.find((frame) => frame.cursor.block.name === 'Form')?.values ?? {}
    this.#form = formOf(head, declaration.values, {
      form: this.#counts.forms,
      reference: this.#reference,
      today: this.#today,
      report: this.#reporter(at),
    })
    this.#queue.push({ kind: 'form', form: this.#form })
  }

  /** Once per person, when its own fields are read: the number and the sequence. */
  #checkPerson(at: XmlPosition): void {
    if (this.#person.checked) return
    checkPerson(this.#person, this.#frames.at(-1)?.values ?? {}, this.#seen, this.#reporter(at))
  }

  #missing(particles: readonly Particle[] | null, frame: OpenBlock, at: XmlPosition): void {
    if (particles === null) return
    const block = frame.cursor.block.name
    for (const { names } of particles) {
      const known = this.#structure.fields.get(names[0]!) ?? this.#structure.blocks.get(names[0]!) ?? null
      const severity = weightOf(...names)
      const element = names.slice(0, 6).join(' / ')
      this.#issue('DMFA-MISSING', severity, at, { element, block }, '001', known)
    }
  }

  #reporter(at: XmlPosition): Report {
    return (code, severity, params, serial) => {
      this.#issue(code, severity, at, params, serial, this.#structure.fields.get(params.element) ?? null)
    }
  }

  #issue(
    code: string,
    severity: Severity,
    at: XmlPosition,
    params: MessageParams,
    serial: string,
    official: Official | null,
  ): void {
    if (severity === 'error') this.#markBroken()
    if (!this.#log.admit(code, severity)) return
    this.#queue.push({ kind: 'issue', issue: issueOf(code, severity, params, { serial, official }, this.#place(at)) })
  }

  #markBroken(): void {
    if (this.#builder !== null) this.#broken.record = true
    else if (this.#frames.some((frame) => frame.cursor.block.name === 'NaturalPerson')) this.#broken.person = true
    else this.#broken.form = true
  }

  #place(at: XmlPosition | null): IssuePlace {
    const names = this.#frames.map((frame) => frame.cursor.block.name)
    if (this.#field !== null) names.push(this.#field.name)
    else if (this.#pathTail !== '') names.push(this.#pathTail.slice(0, 80))
    return placeOf(names, at, this.#counts, this.#person)
  }
}
