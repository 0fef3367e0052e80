import { type Cents, cents } from '@ziv/kernel'
import { IssueLog } from '../issue.ts'
import { efactMessages, ownCode } from './messages.ts'
import { RecordSource } from './record-source.ts'
import type { AnswerTotals, EfactAnswerItem, EfactRecord, ErrorDetail, RecordRefusal } from './types.ts'
import { numberIn, zone, zoneCents, zoneNumber, zoneText } from './zones.ts'

const header200 = 67
const recordLength = 350
const answerLength = 800
const letters = /^[BFRSE]$/u
const recordTypes: ReadonlySet<string> = new Set(['10', '20', '30', '40', '50', '51', '52', '80', '90', '95', '96'])

/**
 * Reads an answer of an insurer as its receiver does: digits 3 to 6 of the message type tell the form. 1000 is a
 * receipt, 0999 a refusal with totals of 350 characters, all others have records of 350 with 450 characters of error
 * detail and, in a settlement, totals of 800. Never throws for what is in the file.
 */
export async function* readEfactAnswer(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<EfactAnswerItem> {
  const parts = new RecordSource(source)
  const log = new IssueLog()
  const fatal = (rule: string, value?: string): EfactAnswerItem => {
    log.admit(ownCode(rule), 'fatal')
    const text = efactMessages[rule]!({ nl: '', fr: '', de: '', en: '', ...(value === undefined ? {} : { value }) })
    return { kind: 'issue', issue: { code: ownCode(rule), severity: 'fatal', ...text, place: {} } }
  }
  let messageType: string | null = null
  let records = 0
  let complete = false
  try {
    const first = await parts.take(header200)
    messageType = first?.text.slice(0, 6) ?? null
    if (first === null) yield fatal('empty')
    else if (messageType === null || !/^9[23]\d{4}$/u.test(messageType)) yield fatal('notAnswer', messageType ?? '')
    else {
      const form = formOf(messageType)
      const second = await parts.take(form.headerLength)
      if (second === null || second.text.length < form.headerLength || first.text.length < header200)
        yield fatal('cutOff')
      else {
        const segment200 = recordOf('200', 0, first.text)
        yield { kind: 'header', messageType, segment200, segment300: recordOf(form.headerType, 0, second.text) }
        for (;;) {
          const unit = form.unitLength === 0 ? null : await parts.take(form.unitLength)
          complete = unit === null
          if (unit === null) break
          if (unit.text.length < form.unitLength && !unit.text.startsWith('96')) {
            yield fatal('cutOff')
            break
          }
          const item = itemOf(unit.text, records + 1)
          if (item === null) {
            yield fatal('lost')
            break
          }
          records += 1
          yield item
        }
      }
    }
  } finally {
    await parts.stop()
  }
  yield { kind: 'end', messageType, records, complete }
}

const recordOf = (type: string, index: number, text: string): EfactRecord => ({ type, index, text })

function formOf(messageType: string): { headerType: string; headerLength: number; unitLength: number } {
  const digits = messageType.slice(2)
  if (digits === '1000') return { headerType: '300S', headerLength: 160, unitLength: 0 }
  if (digits === '0000' || digits === '0999') return { headerType: '300', headerLength: 160, unitLength: recordLength }
  return { headerType: '300E', headerLength: 610, unitLength: answerLength }
}

function itemOf(text: string, index: number): EfactAnswerItem | null {
  const type = text.slice(0, 2)
  if (type === '91' || type === '92') return totalOf(recordOf(type, index, text))
  if (!recordTypes.has(type)) return null
  const record = recordOf(type, index, text.slice(0, recordLength).padEnd(recordLength, ' '))
  if (text.length <= recordLength) {
    return type === '95' || type === '96' ? { kind: 'total', record } : { kind: 'record', record, detail: null }
  }
  return { kind: 'record', record, detail: detailOf(recordOf('D', index, text.slice(recordLength))) }
}

function totalOf(record: EfactRecord): EfactAnswerItem {
  const totals: AnswerTotals = {
    askedCents: amountOf(record, 'askedTotal'),
    acceptedCents: amountOf(record, 'acceptedTotal'),
    refusedCents: amountOf(record, 'refusedTotal'),
    records: zoneNumber(record, 'records') ?? 0,
  }
  if (record.type === '92') return { kind: 'settlement', totals }
  const insurer = zone(record, 'insurer')
  return { kind: 'insurerSettlement', insurer, totals, paymentReference: zoneText(record, 'paymentReferenceA') }
}

const amountOf = (record: EfactRecord, key: string): Cents => zoneCents(record, key) ?? cents(0)

function detailOf(detail: EfactRecord): ErrorDetail {
  const refusals: RecordRefusal[] = []
  for (const at of ['1', '2', '3']) {
    const letter = zone(detail, `letter${at}`)
    const code = zoneText(detail, `code${at}`)
    if (letters.test(letter) && code !== '' && code !== '000000') {
      refusals.push({ letter: letter as RecordRefusal['letter'], code })
    }
  }
  return {
    sendNumber: zoneNumber(detail, 'sendNumber') ?? 0,
    insurer: zone(detail, 'insurer'),
    refusals,
    paidCents: cents(numberIn(zone(detail, 'paidAmount')) ?? 0),
    comment: zoneText(detail, 'comment'),
    recordIndex: zoneNumber(detail, 'recordIndex') ?? 0,
  }
}
