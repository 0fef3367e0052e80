import { recordOnce } from '@ziv/event-store'
import { answerDigest, type FileEnd, type FileKind, type IntakeFile, isStanding } from '@ziv/intake'
import type { Instant } from '@ziv/kernel'
import { streamRows, type Transaction } from '@ziv/postgres'
import type { Counts } from '@ziv/runs'
import type { Context } from '../context.ts'
import type { NewTariff } from '../projections/seed-tariffs.ts'
import { insertTariffs, lockTariffs } from '../projections/tariff-store.ts'
import { rowsOfCode, type StagedFee } from './nomensoft-rows.ts'
import { storedLists } from './rows-digest.ts'
import { stageFees, TARIFF_ISSUES_MAX, type TariffFileFacts } from './stage-fees.ts'

/** Name of the kind: of its run and of its task too. */
export const TARIFF_IMPORT = 'tariffImport'

/** A list of tariffs as the outside sees it. */
export interface TariffImport extends TariffFileFacts {
  readonly importId: string
  readonly state: 'received' | 'accepted' | 'partiallyAccepted' | 'refused' | 'withdrawn'
  readonly fileHash: string
  readonly sizeBytes: number
  /** Tariff rows that are new. */
  readonly rowsAdded: number
  /** Tariff rows that say what was known. */
  readonly rowsUnchanged: number
  readonly receivedAt: Instant
  readonly completedAt?: Instant
}

const WITHDRAWN: FileEnd = { outcome: 'withdrawn', counts: { rowsAdded: 0, rowsUnchanged: 0 } }

/** A list of which something was refused is taken anew when it is sent again, see `isStanding`. */
function endOfList({ refused }: TariffFileFacts, { rowsAdded = 0, rowsUnchanged = 0 }: Counts): FileEnd {
  const nothing = refused > 0 && rowsAdded + rowsUnchanged === 0
  const outcome = nothing ? 'refused' : refused > 0 ? 'partiallyAccepted' : 'accepted'
  return { outcome, counts: { rowsAdded, rowsUnchanged, refused } }
}

/** Shows a list of tariffs. */
export function tariffImportOf(file: IntakeFile<TariffFileFacts>): TariffImport {
  const { fileId: importId, fileHash, sizeBytes, facts, counts, outcome, receivedAt, completedAt } = file
  const { rowsAdded = 0, rowsUnchanged = 0 } = counts
  return {
    ...{ importId, state: (outcome ?? 'received') as TariffImport['state'], fileHash, sizeBytes },
    ...{ ...facts, rowsAdded, rowsUnchanged, receivedAt },
    ...(completedAt === null ? {} : { completedAt }),
  }
}

/** The one item of the second pass: all of the list. */
export interface WholeList {
  readonly fileId: string
}

/**
 * A list of tariffs in the NomenSoft shape: stages its amounts, puts the fee and the reimbursements of each code together per period, and
 * adds the rows that differ from what is known. All of it in one transaction: no line is ever priced by half a list. A code of which a
 * row is refused stays as it is known, see `stageFees`.
 */
export function tariffFileKind(context: Context): FileKind<TariffFileFacts, WholeList> {
  return {
    kind: TARIFF_IMPORT,
    issuesMax: TARIFF_ISSUES_MAX,
    stage: stageFees,
    work: {
      chunkSize: 1,
      whole: true,
      inTurn: true,
      itemKey: ({ fileId }) => fileId,
      read: async (_, { after }, { params: { fileId } }) =>
        after === null ? { items: [{ fileId }], last: fileId } : null,
      store: async (tx, _, run) => recordList(context, tx, run.params.fileId),
      close: (_, { facts }, { counts }) => endOfList(facts, counts),
    },
    withdrawn: WITHDRAWN,
    // one that was withdrawn is taken anew: what made its work fail may be mended since
    isSame: (known, since) => known.outcome !== WITHDRAWN.outcome && isStanding(known, since),
    end: (tx, file, end, completedAt) => recordImported(context, tx, file, end, completedAt),
    discard: async (q, fileId) => {
      await q.query('delete from app.staged_fees where import_id = $1', [fileId])
    },
  }
}

async function recordList(
  context: Context,
  tx: Transaction,
  importId: string,
): Promise<{ rowsAdded: number; rowsUnchanged: number }> {
  // the first use of the fees records those we came with, under the same lock in a transaction of its own
  await context.tariffs.current()
  await lockTariffs(tx)
  const table = await context.tariffs.current()
  const recordedAt = context.clock.now()
  const added: NewTariff[] = []
  let rowsUnchanged = 0
  for await (const fees of feesByCode(tx, importId)) {
    for (const { isNew, tariff } of rowsOfCode(fees, table)) {
      if (isNew) added.push(tariff)
      else rowsUnchanged += 1
    }
  }
  await tx.query(
    `insert into app.tariff_imports (import_id, file_hash, origin, rows_added, imported_at)
     select file_id, file_hash, 'nomensoft', $2, $3 from app_files.files where file_id = $1`,
    [importId, added.length, recordedAt],
  )
  await insertTariffs(tx, importId, recordedAt, added)
  await tx.query('delete from app.staged_fees where import_id = $1', [importId])
  return { rowsAdded: added.length, rowsUnchanged }
}

/** What became of a list, on its own stream. */
async function recordImported(
  { store, law }: Context,
  tx: Transaction,
  { fileId, fileHash, facts: { rowsRead }, actor, correlationId }: IntakeFile<TariffFileFacts>,
  { outcome, counts: { rowsUnchanged = 0 } }: FileEnd,
  recordedAt: Instant,
): Promise<void> {
  const digest = await answerDigest(tx, TARIFF_IMPORT, fileId)
  const ended = { rowsRead, answerDigest: digest }
  const withdrawn = { importId: fileId, fileHash, withdrawnAt: recordedAt, ...ended }
  const imported = async () => {
    const [list] = await Array.fromAsync(storedLists(tx, fileId))
    const { origin: _, ...recorded } = list!
    return { ...recorded, rowsUnchanged, ...ended }
  }
  const event =
    outcome === WITHDRAWN.outcome
      ? ({ type: 'TariffsWithdrawn', version: 1, data: withdrawn } as const)
      : ({ type: 'TariffsImported', version: 1, data: await imported() } as const)
  await recordOnce(tx, store, () => recordedAt, {
    streamId: `tariffImport-${fileId}`,
    event,
    metadata: { actor, correlationId, law: law.version },
  })
}

/** The staged amounts, those of one code together. */
async function* feesByCode(tx: Transaction, importId: string): AsyncGenerator<readonly StagedFee[]> {
  const sql = `select code, fee_code as kind, valid_from, valid_to, amount_cents, document from app.staged_fees
                where import_id = $1 order by code, valid_from`
  let fees: StagedFee[] = []
  for await (const fee of streamRows<StagedFee>(tx, sql, [importId])) {
    if (fees.length > 0 && fees[0]!.code !== fee.code) {
      yield fees
      fees = []
    }
    fees.push(fee)
  }
  if (fees.length > 0) yield fees
}
