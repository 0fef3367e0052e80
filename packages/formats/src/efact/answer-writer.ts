import { composeRecord } from './compose.ts'
import { layoutFor } from './layout.ts'
import type { AnsweredRecord, AnswerInsurer, EfactAnswerInput, EfactRecord, RecordVerdict } from './types.ts'
import { zone, zoneCents } from './zones.ts'

const serviceTypes: ReadonlySet<string> = new Set(['30', '40', '50'])
const maxRefusals = 3
const recordLength = 350
const answerLength = 800

/**
 * The answer of an insurer to a billing file, streamed: 931000 receipt; 920999 refusal of the form with the totals of
 * the file; 920099 (refused), 920098 (accepted in preliminary control) and 920900 (settlement) with every record and
 * behind it 450 characters about its errors, in 920900 also records 91 and 92. In 920900 zone 114 of a service is what
 * is really paid: the verdict's amount, else the asked amount, else nothing for a refused line.
 */
export async function* writeEfactAnswer(answer: EfactAnswerInput): AsyncGenerator<string> {
  if (answer.kind === '931000') {
    yield segment200(answer) + composeRecord('300S', { messageName: answer.sent.messageType })
    return
  }
  if (answer.kind === '920999') {
    yield segment200(answer) + formRefusal(answer)
    return
  }
  yield segment200(answer) + segment300(answer)
  for await (const item of answer.records ?? []) yield recordWithDetail(item, answer)
  if (answer.kind === '920900') yield settlement(answer)
}

/** Error codes of zones stand in the zone of the same number followed by 1. */
function errorZones(answer: EfactAnswerInput, type: string): Record<string, string> {
  const { byKey } = layoutFor(type)
  return Object.fromEntries(Object.entries(answer.headerErrors ?? {}).filter(([zoneKey]) => byKey.has(zoneKey)))
}

function segment200(answer: EfactAnswerInput): string {
  const sent = answer.sent.segment200
  return composeRecord('200', {
    messageType: answer.kind,
    formatVersion: '02',
    environment: zone(sent, 'environment'),
    senderReference: zone(sent, 'senderReference'),
    insurerReference: answer.insurerReference,
    ...errorZones(answer, '200'),
  })
}

function formRefusal(answer: EfactAnswerInput): string {
  const echoed = overwrite(answer.sent.segment300, errorZones(answer, '300'))
  const totals = (answer.totals ?? []).map((record) => record.text.padEnd(recordLength, ' '))
  return echoed + totals.join('')
}

function overwrite(record: EfactRecord, values: Readonly<Record<string, string>>): string {
  let { text } = record
  for (const [key, value] of Object.entries(values)) {
    const { start, end } = layoutFor(record.type).byKey.get(key)!
    text = text.slice(0, start) + value.slice(0, end - start).padStart(end - start, '0') + text.slice(end)
  }
  return text
}

function segment300(answer: EfactAnswerInput): string {
  const { sent, contact } = answer
  return composeRecord('300E', {
    invoicingMonth: sent.invoicingMonth.replace('-', ''),
    sendNumber: sent.sendNumber,
    createdOn: answer.createdOn,
    fileReference: sent.fileReference,
    instructionsVersion: zone(sent.segment300, 'instructionsVersion'),
    lastName: contact?.lastName?.toUpperCase(),
    firstName: contact?.firstName?.toUpperCase(),
    phone: contact?.phone?.replace(/\D/gu, '').slice(-10),
    invoiceKind: sent.invoiceKind,
    accounts: zone(sent.segment300, 'accounts'),
    errorPercentage: answer.errorPercentage,
    refusalType: answer.refusalType,
    ...errorZones(answer, '300E'),
  })
}

function recordWithDetail({ record, verdict }: AnsweredRecord, answer: EfactAnswerInput): string {
  return record.text.padEnd(recordLength, ' ') + detailText(record, verdict ?? {}, answer)
}

function detailText(record: EfactRecord, verdict: RecordVerdict, answer: EfactAnswerInput): string {
  const refusals = (verdict.refusals ?? []).slice(0, maxRefusals)
  const values: Record<string, string | number | undefined> = {
    sendNumber: answer.sent.sendNumber,
    createdOn: answer.createdOn,
    invoicingMonth: answer.sent.invoicingMonth.replace('-', ''),
    insurer: answer.insurer,
    paidAmount: paidCents(record, verdict, answer),
    comment: verdict.comment,
    recordIndex: record.index,
  }
  for (let at = 0; at < maxRefusals; at += 1) {
    values[`letter${at + 1}`] = refusals[at]?.letter
    values[`code${at + 1}`] = refusals[at]?.code ?? '000000'
  }
  return composeRecord('D', values)
}

function paidCents(record: EfactRecord, verdict: RecordVerdict, answer: EfactAnswerInput): number {
  if (answer.kind !== '920900' || !serviceTypes.has(record.type)) return 0
  if (verdict.paidCents !== undefined) return verdict.paidCents
  const refused = (verdict.refusals ?? []).length > 0
  return refused || record.type === '40' ? 0 : (zoneCents(record, '19') ?? 0)
}

function settlement(answer: EfactAnswerInput): string {
  const insurers = answer.insurers ?? []
  const lines = insurers.map((insurer) =>
    composeRecord('91', { ...totalZones(insurer), paymentReferenceA: insurer.paymentReference }).padEnd(answerLength),
  )
  const sum = (part: 'askedCents' | 'acceptedCents' | 'refusedCents' | 'records'): number =>
    insurers.reduce((total, insurer) => total + insurer[part], 0)
  const total = composeRecord('92', {
    insurer: `${answer.insurer[0]}99`,
    askedA: sum('askedCents'),
    askedTotal: sum('askedCents'),
    acceptedA: sum('acceptedCents'),
    acceptedTotal: sum('acceptedCents'),
    refusedA: sum('refusedCents'),
    refusedTotal: sum('refusedCents'),
    records: sum('records'),
  })
  return lines.join('') + total.padEnd(answerLength)
}

function totalZones(insurer: AnswerInsurer): Record<string, string | number | undefined> {
  return {
    insurer: insurer.insurer,
    summaryInvoice: insurer.summaryInvoice,
    askedA: insurer.askedCents,
    askedTotal: insurer.askedCents,
    acceptedA: insurer.acceptedCents,
    acceptedTotal: insurer.acceptedCents,
    refusedA: insurer.refusedCents,
    refusedTotal: insurer.refusedCents,
    records: insurer.records,
    check: insurer.check,
  }
}
