import { createHash } from 'node:crypto'
import { recordOnce } from '@ziv/event-store'
import { readNomensoft } from '@ziv/formats'
import { type Instant, uuidV7, type Words } from '@ziv/kernel'
import { copyIn, copyRow, streamRows } from '@ziv/postgres'
import { metadataOf, type Origin, type ReimbursementContext } from '../context.ts'
import { feeKindOf, rowsOfCode, type StagedFee } from './nomensoft-rows.ts'
import { rowsDigest } from './rows-digest.ts'
import type { NewTariff } from './seed.ts'
import { insertTariffs, lockTariffs } from './tariff-store.ts'

export interface ImportTariffsOptions {
  readonly origin?: Origin
}

export interface TariffImport {
  readonly importId: string
  /** Amounts read from the file. */
  readonly rowsRead: number
  /** Tariff rows that are new. */
  readonly rowsAdded: number
  /** Tariff rows that say what was known. */
  readonly rowsUnchanged: number
  readonly importedAt: Instant
}

export interface TariffIssue extends Words {
  readonly code: string
  readonly line: number
}

/** A file that cannot be read as a whole changes nothing. */
export type ImportTariffsResult =
  | {
      readonly ok: true
      readonly import: TariffImport
      readonly alreadyKnown: boolean
      readonly issues: readonly TariffIssue[]
    }
  | { readonly ok: false; readonly issues: readonly TariffIssue[] }

const feesPerCopy = 5_000

/**
 * Imports an export in the NomenSoft shape: stages its amounts as a stream, puts the fee and the reimbursements of each
 * code together per period, and adds the rows that differ from what is known. The same file twice changes nothing.
 */
export async function importTariffs(
  context: ReimbursementContext,
  source: AsyncIterable<Uint8Array>,
  options: ImportTariffsOptions = {},
): Promise<ImportTariffsResult> {
  await context.tariffs.current()
  const importId = uuidV7(context.clock)
  try {
    const staged = await stageFees(context, importId, source)
    if (!staged.ok) return { ok: false, issues: staged.issues }
    const origin = options.origin ?? { actor: 'reimbursement', correlationId: importId }
    const done = await recordImport(context, importId, staged, origin)
    return { ...done, issues: staged.issues }
  } finally {
    await context.database.query('delete from app.staged_fees where import_id = $1', [importId])
  }
}

interface Staged {
  readonly hash: Buffer
  readonly rowsRead: number
  readonly issues: readonly TariffIssue[]
}

async function stageFees(
  context: ReimbursementContext,
  importId: string,
  source: AsyncIterable<Uint8Array>,
): Promise<(Staged & { readonly ok: true }) | { readonly ok: false; readonly issues: readonly TariffIssue[] }> {
  const hash = createHash('sha256')
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk)
      yield chunk
    }
  }
  const issues: TariffIssue[] = []
  let rows: string[] = []
  let complete = false
  let rowsRead = 0
  const flush = async (): Promise<void> => {
    const lines = rows
    rows = []
    await context.database.transaction((tx) => copyIn(tx, copySql, lines))
  }
  for await (const item of readNomensoft(hashed(), { maxIssues: 1_000 })) {
    if (item.kind === 'end') complete = item.end.complete
    else if (item.kind === 'issue') {
      const { code, nl, fr, de, en, place } = item.issue
      issues.push({ code, line: place.line ?? 0, nl, fr, de, en })
    } else {
      rowsRead += 1
      const { code, validFrom, validTo, amount, document } = item.row
      const kind = feeKindOf(item.row)
      if (kind !== undefined) rows.push(copyRow([importId, code, kind, validFrom, validTo, centsOf(amount), document]))
      if (rows.length >= feesPerCopy) await flush()
    }
  }
  await flush()
  return complete ? { ok: true, hash: hash.digest(), rowsRead, issues } : { ok: false, issues }
}

const copySql = `copy app.staged_fees (import_id, code, fee_code, valid_from, valid_to, amount_cents, document)
  from stdin (format text)`

/** Euros with six decimals to cents, half up. */
function centsOf(amount: string): number {
  const [euros = '0', decimals = ''] = amount.split('.')
  const micros = BigInt(euros) * 1_000_000n + BigInt(decimals.padEnd(6, '0'))
  return Number((micros + 5_000n) / 10_000n)
}

async function recordImport(context: ReimbursementContext, importId: string, staged: Staged, origin: Origin) {
  const table = await context.tariffs.current()
  const importedAt = context.clock.now()
  return await context.database.transaction(async (tx) => {
    await lockTariffs(tx)
    const known = await tx.query<ImportRow>('select * from app.tariff_imports where file_hash = $1', [staged.hash])
    if (known.rows[0] !== undefined) return { ok: true as const, import: importOf(known.rows[0]), alreadyKnown: true }
    const added: NewTariff[] = []
    const digest = rowsDigest()
    let unchanged = 0
    let fees: StagedFee[] = []
    const closeCode = (): void => {
      for (const row of rowsOfCode(fees, table)) {
        if (row.isNew) {
          added.push(row.tariff)
          digest.add(row.tariff)
        } else unchanged += 1
      }
      fees = []
    }
    const sql = `select code, fee_code as kind, valid_from, valid_to, amount_cents, document from app.staged_fees
                  where import_id = $1 order by code, valid_from`
    for await (const fee of streamRows<StagedFee>(tx, sql, [importId])) {
      if (fees.length > 0 && fees[0]!.code !== fee.code) closeCode()
      fees.push(fee)
    }
    closeCode()
    const row = { import_id: importId, rows_read: staged.rowsRead, rows_added: added.length, rows_unchanged: unchanged }
    await tx.query(
      `insert into app.tariff_imports (import_id, file_hash, origin, rows_read, rows_added, rows_unchanged, issues, imported_at)
       values ($1, $2, 'nomensoft', $3, $4, $5, $6, $7)`,
      [importId, staged.hash, staged.rowsRead, added.length, unchanged, JSON.stringify(staged.issues), importedAt],
    )
    await insertTariffs(tx, importId, importedAt, added)
    const { rows_read: rowsRead, rows_added: rowsAdded, rows_unchanged: rowsUnchanged } = row
    const data = { importId, fileHash: staged.hash.toString('hex'), rowsRead, rowsAdded, rowsUnchanged }
    await recordOnce(tx, context.store, () => importedAt, {
      streamId: `tariffImport-${importId}`,
      event: { type: 'TariffsImported', version: 1, data: { ...data, rowsDigest: digest.value() } },
      metadata: metadataOf(origin, context.law),
    })
    return { ok: true as const, import: importOf({ ...row, imported_at: importedAt }), alreadyKnown: false }
  })
}

interface ImportRow {
  readonly import_id: string
  readonly rows_read: number
  readonly rows_added: number
  readonly rows_unchanged: number
  readonly imported_at: Instant
}

const importOf = (row: ImportRow): TariffImport => ({
  importId: row.import_id,
  rowsRead: row.rows_read,
  rowsAdded: row.rows_added,
  rowsUnchanged: row.rows_unchanged,
  importedAt: row.imported_at,
})
