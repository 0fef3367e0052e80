import { readNomensoft } from '@ziv/formats'
import type { Staged, Upload } from '@ziv/intake'
import { copyIn, copyRow } from '@ziv/postgres'
import { feeKindOf } from './nomensoft-rows.ts'

/** What the first pass finds of a list of tariffs. */
export interface TariffFileFacts {
  /** Amounts read from the file. */
  readonly rowsRead: number
  /** Rows that cannot be used, and the amounts of their codes, of which none takes over. */
  readonly refused: number
}

/** Issues listed of a list of tariffs. */
export const TARIFF_ISSUES_MAX = 1_000

const feesPerCopy = 5_000
const copySql = `copy app.staged_fees (import_id, code, fee_code, valid_from, valid_to, amount_cents, document)
  from stdin (format text)`

/**
 * Stages the amounts of a list. Of a code of which one row is refused none is kept, whatever its first day: a fee without its
 * reimbursement would refuse care that is payable, and one whose amounts end where the refused row begins would leave days without a tariff.
 */
export async function stageFees(
  upload: Upload,
  source: AsyncIterable<Uint8Array>,
): Promise<Staged<TariffFileFacts> | null> {
  let rows: string[] = []
  let complete = false
  let rowsRead = 0
  let unusable = 0
  const incomplete = new Set<string>()
  const store = (): Promise<void> => {
    const lines = rows
    rows = []
    return upload.store((tx) => copyIn(tx, copySql, lines))
  }
  for await (const item of readNomensoft(source, { maxIssues: TARIFF_ISSUES_MAX })) {
    if (item.kind === 'end') complete = item.end.complete
    else if (item.kind === 'issue') {
      const { code, nl, fr, de, en, place, severity } = item.issue
      note(upload, place.line ?? 0, { code, nl, fr, de, en }, severity === 'fatal')
    } else if (item.kind === 'refused') {
      unusable += 1
      const { code, line } = item.row
      if (code === null || incomplete.has(code)) continue
      incomplete.add(code)
      note(upload, line, incompleteCode(code))
    } else {
      rowsRead += 1
      const { code, validFrom, validTo, amount, document } = item.row
      const kind = feeKindOf(item.row)
      if (kind === undefined) continue
      rows.push(copyRow([upload.fileId, code, kind, validFrom, validTo, centsOf(amount), document]))
      if (upload.isDue(rows.length, feesPerCopy)) await store()
    }
  }
  if (!complete || upload.fatal.length > 0) return null
  await store()
  return { facts: { rowsRead, refused: unusable + (await dropCodes(upload, [...incomplete])) } }
}

/** Removes the staged amounts of these codes; gives how many there were. */
async function dropCodes(upload: Upload, codes: readonly string[]): Promise<number> {
  if (codes.length === 0) return 0
  let dropped = 0
  await upload.store(async (tx) => {
    const sql = 'delete from app.staged_fees where import_id = $1 and code = any ($2)'
    dropped = (await tx.query(sql, [upload.fileId, codes])).rowCount ?? 0
  })
  await upload.settle()
  return dropped
}

type Told = Pick<Parameters<Upload['note']>[0], 'code' | 'nl' | 'fr' | 'de' | 'en'>

const note = (upload: Upload, line: number, told: Told, fatal = false): void =>
  upload.note({ line, place: line === 0 ? 'file' : `line ${line}`, ...told }, fatal)

const incompleteCode = (code: string): Told => ({
  code: 'NOMEN-INCOMPLETE',
  nl: `Van code ${code} wordt geen bedrag overgenomen: een rij ervan is geweigerd. Wat bekend was, blijft gelden.`,
  fr: `Aucun montant du code ${code} n'est repris : une de ses rangées est refusée. Ce qui était connu reste en vigueur.`,
  de: `Kein Betrag des Codes ${code} wird übernommen: eine seiner Reihen ist abgelehnt. Das Bekannte gilt weiter.`,
  en: `No amount of code ${code} takes over: one of its rows is refused. What was known stays in force.`,
})

/** Euros with six decimals to cents, half up. */
function centsOf(amount: string): number {
  const [euros = '0', decimals = ''] = amount.split('.')
  const micros = BigInt(euros) * 1_000_000n + BigInt(decimals.padEnd(6, '0'))
  return Number((micros + 5_000n) / 10_000n)
}
