import { type FileIssue, storeIssues } from '@ziv/intake'
import type { IsoDate } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import { findSettled } from '../commands/find-settled.ts'
import { refusedLine, serviceKey } from '../domain/assess-line.ts'
import type { LineInput } from '../domain/claim-input.ts'
import { addCodes } from './control-chunk.ts'
import { controlIssue } from './issues.ts'
import type { RecordCode, StagedInvoice, StagedVerdict } from './types.ts'
import { packVerdict, paidCentsOf } from './verdict-text.ts'

export interface FileOfInvoices {
  readonly fileId: string
  readonly receivedOn: IsoDate
}

const payable = (invoice: StagedInvoice) =>
  invoice.verdict.assessment.lines.filter((line) => line.outcome !== 'refused')

/** Services that were paid since the controls (by another file, or earlier in this one) are refused after all. */
export async function withoutDuplicates(
  tx: Transaction,
  { fileId, receivedOn }: FileOfInvoices,
  invoices: readonly StagedInvoice[],
): Promise<readonly StagedInvoice[]> {
  const patients = invoices.flatMap((invoice) => {
    const { personId } = invoice.verdict.assessment
    return personId === undefined ? [] : [{ personId, careDates: payable(invoice).map((line) => line.careDate) }]
  })
  const settled = await findSettled(tx, patients)
  const seen = new Set<string>()
  const changed: StagedInvoice[] = []
  const issues: FileIssue[] = []
  const mine = await claimsOfFile(tx, fileId, [
    ...new Set([...settled.values()].flatMap((claims) => [...claims.values()])),
  ])
  const result = invoices.map((invoice) => {
    const refusals = new Map<number, string>()
    for (const line of payable(invoice)) {
      const personId = invoice.verdict.assessment.personId!
      const service = serviceKey(line)
      const payer = settled.get(personId)?.get(service)
      const key = `${personId}/${service}`
      if (payer !== undefined) refusals.set(line.number, mine.has(payer) ? '500423' : '500544')
      else if (seen.has(key)) refusals.set(line.number, '500423')
      else seen.add(key)
    }
    if (refusals.size === 0) return invoice
    const next = { ...invoice, verdict: withRefusals(invoice.verdict, refusals) }
    changed.push(next)
    for (const [number, code] of refusals) issues.push(lateIssue(next, number, code, receivedOn))
    return next
  })
  await saveVerdicts(tx, fileId, changed)
  await storeIssues(tx, fileId, issues)
  return result
}

/** Far behind the numbers of the first pass. */
const lateNumbers = 1_000_000

function lateIssue(invoice: StagedInvoice, number: number, code: string, receivedOn: IsoDate): FileIssue {
  const { ziekenfonds, lines } = invoice.verdict.assessment
  const at = {
    sequence: invoice.sequence,
    number: lateNumbers + number,
    destination: invoice.destination,
    ...(ziekenfonds === undefined ? {} : { ziekenfonds }),
  }
  const facts = { receivedOn, member: ziekenfonds !== undefined, line: lines[number - 1]! }
  return controlIssue(code, at, invoice.firstRecord + invoice.verdict.places[number - 1]!, facts)
}

function withRefusals(verdict: StagedVerdict, refusals: ReadonlyMap<number, string>): StagedVerdict {
  const records: Record<string, RecordCode[]> = Object.fromEntries(
    Object.entries(verdict.records).map(([place, codes]) => [place, [...codes]]),
  )
  const lines = verdict.assessment.lines.map((line, index) => {
    const code = refusals.get(line.number)
    if (code === undefined) return line
    addCodes(records, verdict.places[index]!, [code])
    return refusedLine(line as unknown as LineInput, [...line.codes, code])
  })
  return { ...verdict, records, assessment: { ...verdict.assessment, lines } }
}

async function claimsOfFile(
  tx: Transaction,
  fileId: string,
  claimIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (claimIds.length === 0) return new Set()
  const { rows } = await tx.query<{ claim_id: string }>(
    'select claim_id from app.claims where claim_id = any ($1::uuid[]) and file_id = $2',
    [claimIds, fileId],
  )
  return new Set(rows.map((row) => row.claim_id))
}

async function saveVerdicts(tx: Transaction, fileId: string, invoices: readonly StagedInvoice[]): Promise<void> {
  if (invoices.length === 0) return
  await tx.query(
    `update app.staged_invoices s set verdict = n.verdict, paid_cents = n.paid
       from unnest($2::int[], $3::text[], $4::bigint[]) n (sequence, verdict, paid)
      where s.file_id = $1 and s.sequence = n.sequence`,
    [
      fileId,
      invoices.map((invoice) => invoice.sequence),
      invoices.map((invoice) => packVerdict(invoice.verdict)),
      invoices.map((invoice) => paidCentsOf(invoice.verdict)),
    ],
  )
}
