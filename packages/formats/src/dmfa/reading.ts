import { type Cents, cents, type IsoDate, parseInsz } from '@ziv/kernel'
import { type FormatIssue, IssueLog, type IssuePlace, type Severity } from '../issue.ts'
import { Unreadable } from '../unreadable.ts'
import type { XmlHandler, XmlPosition } from '../xml/parse.ts'
import { BlockCursor } from './cursor.ts'
import {
  checkOccupation,
  checkQuarterDates,
  declaredCreation,
  declaredEmployer,
  declaredQuarter,
  type Report,
} from './declaration-check.ts'
import { checkField } from './field-check.ts'
import { dmfaMessages, type MessageParams } from './messages.ts'
import { otherMessages } from './other-messages.ts'
import { maxParts, RecordBuilder, type Values } from './record-builder.ts'
import type { Block, DmfaStructure, Field, Particle } from './structure.ts'
import type { DmfaEnd, DmfaForm, DmfaItem, DmfaOptions } from './types.ts'
import type { WageCodes } from './wage.ts'

/** Elements a slip is made of: breaking their rules makes a record unusable, elsewhere it is a warning. */
const used: ReadonlySet<string> = new Set([
  ...['DmfAOriginal', 'Form', 'Identification', 'EmployerDeclaration', 'Quarter', 'NOSSRegistrationNbr', 'CompanyID'],
  ...['NaturalPerson', 'INSS', 'WorkerRecord', 'EmployerClass', 'WorkerCode'],
  ...['NOSSQuarterStartingDate', 'NOSSQuarterEndingDate'],
  ...['Occupation', 'OccupationStartingDate', 'OccupationEndingDate'],
  ...['Service', 'ServiceCode', 'ServiceNbrDays', 'ServiceNbrHours', 'Remun', 'RemunCode', 'RemunAmount'],
  ...['WorkerContribution', 'ContributionWorkerCode', 'ContributionType', 'ContributionCalculationBasis'],
  ...['DismissedStatutoryWorkerContribution', 'GrossRefRemunAmount', 'SubjectionStartingDate', 'SubjectionEndingDate'],
])
/** Elements whose value may never be quoted in a message: they identify a person. */
const personal = /INSS|Worker(?:Name|FirstName|Initial|Birth|Street|House|PostBox|ZIP|City)|UserReference/u

interface Frame {
  readonly cursor: BlockCursor
  readonly values: Values
  readonly line: number
}

/** Follows the elements of one file and queues the items they make. Fed by `parseXml`, emptied by `take`. */
export class DmfaReading implements XmlHandler {
  readonly #structure: DmfaStructure
  readonly #codes: WageCodes
  readonly #today: IsoDate | null
  readonly #log: IssueLog
  #queue: DmfaItem[] = []
  readonly #frames: Frame[] = []
  #field: Field | null = null
  /** Depth of elements that are skipped because the schema does not know the outermost one. */
  #skipping = 0
  #root: string | null = null
  #form: DmfaForm | null = null
  #reference: string | null = null
  #forms = 0
  #persons = 0
  #records = 0
  #usable = 0
  #wage = 0n
  #person = { insz: null as string | null, sequence: null as number | null, records: 0, checked: false }
  #builder: RecordBuilder | null = null
  #broken = { form: false, person: false, record: false }
  #seen: Uint8Array | null = null
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
    const wageCents = this.#wage > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(this.#wage)
    return {
      messageType: this.#root,
      forms: this.#forms,
      persons: this.#persons,
      workerRecords: this.#records,
      usable: this.#usable,
      wageCents: wageCents as Cents,
      bytes,
      issues: this.#log.totals(),
      complete,
    }
  }

  /** Turns the reason why reading stopped into a fatal issue. */
  stop(reason: Unreadable): void {
    const official = reason.officialSerial === undefined ? {} : { officialCode: reason.officialSerial }
    const code = reason.reason.startsWith('DMFA-') ? reason.reason : `DMFA-${reason.reason}`
    const place = { ...this.#place(null), ...reason.place }
    if (this.#log.admit(code, 'fatal')) {
      this.#queue.push({ kind: 'issue', issue: { code, ...official, severity: 'fatal', ...reason.words, place } })
    }
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
    for (const attribute in attributes) {
      if (!attribute.startsWith('xmlns') && !attribute.startsWith('xsi:')) {
        this.#issue('DMFA-ATTRIBUTE', 'warning', at, { element: name }, '146', null)
        break
      }
    }
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
    const place = { line: at.line, column: at.column, path: name.slice(0, 80) }
    const local = name.slice(name.indexOf(':') + 1)
    this.#root = local.slice(0, 80)
    const params = { element: local.slice(0, 80) }
    const other = otherMessages[local]
    const refuse = (code: string, text: MessageParams, serial: string): never => {
      throw new Unreadable(code, dmfaMessages[code]!(text), place, serial)
    }
    if (other !== undefined) refuse('DMFA-OTHER-MESSAGE', { ...params, rule: other }, '135')
    if (local !== 'DmfAOriginal') refuse('DMFA-ROOT', params, '089')
    if (local !== name || (attributes.xmlns ?? '') !== '') refuse('DMFA-NAMESPACE', params, '139')
    this.#openBlock(this.#structure.blocks.get('DmfAOriginal')!, at)
  }

  /** Checks the place of an element in its block; false when it is skipped with all it holds. */
  #accept(parent: Frame, name: string, at: XmlPosition): boolean {
    const block = parent.cursor.block
    const misplaced = parent.cursor.next(name)
    this.#missing(parent.cursor.missed(), parent, at)
    if (misplaced === null) return true
    const severity = used.has(name) ? 'error' : 'warning'
    const params = { element: name, block: block.name }
    const anomalies = this.#structure.fields.get(name) ?? this.#structure.blocks.get(name) ?? null
    if (misplaced.kind === 'order') {
      this.#issue('DMFA-ORDER', severity, at, { ...params, other: misplaced.before }, '091', anomalies)
      return true
    }
    if (misplaced.kind === 'tooMany') {
      this.#issue('DMFA-TOO-MANY', severity, at, { ...params, other: String(misplaced.max) }, '090', anomalies)
      if (name !== 'EmployerDeclaration' && this.#structure.blocks.has(name)) return true
      this.#skip()
      return false
    }
    if (misplaced.kind === 'unknown') this.#issue('DMFA-UNKNOWN-ELEMENT', 'warning', at, params, '092', null)
    else this.#issue('DMFA-FORBIDDEN', severity, at, params, '146', anomalies)
    this.#skip()
    return false
  }

  #skip(): void {
    this.#skipping = 1
    this.#pathTail = ''
  }

  #openBlock(block: Block, at: XmlPosition): void {
    this.#pathTail = ''
    switch (block.name) {
      case 'Form':
        this.#forms += 1
        this.#form = null
        this.#reference = null
        this.#seen = null
        this.#broken = { form: false, person: false, record: false }
        break
      case 'NaturalPerson':
        this.#announceForm(at)
        this.#persons += 1
        this.#person = { insz: null, sequence: null, records: 0, checked: false }
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

  #closeField(frame: Frame, field: Field, raw: string, at: XmlPosition): void {
    const value = field.kind === 'text' ? raw : raw.trim()
    const fault = checkField(field, value)
    if (fault === null) {
      frame.values[field.name] ??= value
      return
    }
    if (field.name === 'Quarter' && value !== '') {
      this.#issue('DMFA-QUARTER', 'error', at, { element: field.name, value }, '003', field)
      return
    }
    const quoted = personal.test(field.name) || value === '' ? {} : { value }
    const severity = used.has(field.name) ? 'error' : 'warning'
    this.#issue(fault.code, severity, at, { element: field.name, ...quoted, rule: fault.rule }, fault.serial, field)
  }

  #closeBlock(frame: Frame, at: XmlPosition): void {
    const { name } = frame.cursor.block
    if (name === 'Occupation') checkOccupation(frame.values, this.#reporter(at))
    if (name === 'Reference') this.#reference = frame.values.ReferenceNbr ?? null
    if (this.#builder !== null && !this.#builder.add(name, frame.values)) {
      this.#issue('DMFA-TOO-MANY', 'error', at, { element: name, block: name, other: String(maxParts) }, '090', null)
    }
    if (name === 'WorkerRecord') this.#closeWorkerRecord(frame, at)
    else if (name === 'EmployerDeclaration') this.#announceForm(at)
  }

  #closeWorkerRecord(frame: Frame, at: XmlPosition): void {
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
    this.#records += 1
    if (usable) {
      this.#usable += 1
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
    const { values } = declaration
    const report = this.#reporter(at)
    const quarter = declaredQuarter(values, this.#today, report)
    const employer = declaredEmployer(values, report)
    this.#form = {
      form: this.#forms,
      ...declaredCreation(head),
      reference: this.#reference,
      quarter,
      ...employer,
      trusteeship: Number(values.Trusteeship ?? 0) === 1,
      netOwedCents: values.NetOwedAmount === undefined ? null : cents(Number(values.NetOwedAmount)),
    }
    this.#queue.push({ kind: 'form', form: this.#form })
  }

  /** Once per person, when its own fields are read: the number and the sequence. */
  #checkPerson(at: XmlPosition): void {
    if (this.#person.checked) return
    this.#person.checked = true
    const values = this.#frames.at(-1)?.values ?? {}
    const sequence = values.NaturalPersonSequenceNbr
    if (sequence !== undefined) {
      this.#person.sequence = Number(sequence)
      if (this.#isRepeated(this.#person.sequence)) {
        const params = { element: 'NaturalPersonSequenceNbr', value: sequence }
        this.#reporter(at)('DMFA-DUPLICATE', 'warning', params, '006')
      }
    }
    const inss = values.INSS
    if (inss === undefined) return
    const parsed = parseInsz(inss)
    if (parsed.ok) this.#person.insz = parsed.value.insz
    else this.#reporter(at)('DMFA-INSZ', 'error', { element: 'INSS' }, '004')
  }

  /** One bit per sequence number of the form: seven digits take 1.25 MB at most. */
  #isRepeated(sequence: number): boolean {
    const at = sequence >> 3
    if (this.#seen === null || at >= this.#seen.length) {
      const larger = new Uint8Array(Math.max(1024, 2 * at))
      if (this.#seen !== null) larger.set(this.#seen)
      this.#seen = larger
    }
    const bit = 1 << (sequence & 7)
    const repeated = (this.#seen[at]! & bit) !== 0
    this.#seen[at]! |= bit
    return repeated
  }

  #missing(particles: readonly Particle[] | null, frame: Frame, at: XmlPosition): void {
    if (particles === null) return
    const block = frame.cursor.block.name
    for (const { names } of particles) {
      const known = this.#structure.fields.get(names[0]!) ?? this.#structure.blocks.get(names[0]!) ?? null
      const severity = names.some((name) => used.has(name)) ? 'error' : 'warning'
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
    official: { readonly zone: string; readonly anomalies: ReadonlySet<string> } | null,
  ): void {
    if (severity === 'error') this.#markBroken()
    if (!this.#log.admit(code, severity)) return
    const officialCode = official?.anomalies.has(serial) ? `${official.zone}-${serial}` : null
    const issue: FormatIssue = {
      code,
      ...(officialCode === null ? {} : { officialCode }),
      severity,
      ...dmfaMessages[code]!(params),
      place: this.#place(at),
    }
    this.#queue.push({ kind: 'issue', issue })
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
    const inPerson = names.includes('NaturalPerson')
    return {
      ...(at === null ? {} : { line: at.line, column: at.column }),
      ...(names.length === 0 ? {} : { path: names.join('/') }),
      ...(this.#forms === 0 ? {} : { form: this.#forms }),
      ...(inPerson ? { person: this.#person.sequence ?? this.#persons } : {}),
      ...(inPerson && this.#person.records > 0 ? { workerRecord: this.#person.records } : {}),
    }
  }
}
