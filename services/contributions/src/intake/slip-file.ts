import type { FileEnd, FileKind, IntakeFile } from '@ziv/intake'
import { storeIssues } from '@ziv/intake'
import type { Instant } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { ChunkMode, Counts, Read, Run } from '@ziv/runs'
import { lockOutPersons } from '../commands/matching-lock.ts'
import { countsOf, recordSlips } from '../commands/record-slips.ts'
import type { WaitingSlip } from '../commands/waiting-store.ts'
import type { Context } from '../context.ts'
import { slipIssueTexts } from '../domain/slip-issues.ts'
import { publishIntakeCompleted } from '../integration/intake-messages.ts'
import { stageSlips } from './stage-slips.ts'
import { boundsOfPages, StagedReader, type StagedSlip } from './staged-pages.ts'
import { stillStands } from './still-stands.ts'
import type { SlipFileFacts } from './types.ts'

/** Name of the kind: of its run and of its task too. */
export const SLIP_INTAKE = 'slipIntake'

/** The slips of one person in a file. */
export interface PersonSlips {
  readonly inszIndex: string
  readonly slips: readonly StagedSlip[]
}

/** What the slips of a chunk need to know of their file; read once per process. */
type FileOfRun = Pick<IntakeFile, 'arrival' | 'receivedAt'>

/** A file of slips of the RSZ: DmfA, or slips as lines. Its parts are shared by replicas, by the keyed hash of the number. */
export function slipFileKind(context: Context): FileKind<SlipFileFacts, PersonSlips> {
  const { personsPerChunk, issuesMax } = context.config
  const reader = new StagedReader(context.database)
  return {
    kind: SLIP_INTAKE,
    issuesMax,
    stage: (upload, source) => stageSlips(context, upload, source),
    work: {
      chunkSize: personsPerChunk,
      plan: (q, { params: { fileId } }) => boundsOfPages(q, fileId, personsPerChunk),
      itemKey: ({ inszIndex }) => inszIndex,
      read: (_, range, { params: { fileId } }) => reader.read(fileId, range),
      store: (tx, read, run, mode, turn) => recordChunk(context, tx, read, run, { mode, turn }),
      givenUp: refuseChunk,
      close: (_, file, run) => closeSlips(file, run),
    },
    isSame: stillStands,
    end: (tx, file, end, completedAt) => publishIntakeCompleted(context, tx, file, end, completedAt),
  }
}

async function fileOfRun(tx: Transaction, fileId: string): Promise<FileOfRun> {
  const { rows } = await tx.query<{ arrival: string; received_at: Instant }>({
    name: 'contributions-slip-file',
    text: 'select arrival, received_at from app_files.files where file_id = $1',
    values: [fileId],
  })
  return { arrival: Number(rows[0]!.arrival), receivedAt: rows[0]!.received_at }
}

async function recordChunk(
  context: Context,
  tx: Transaction,
  { items }: Read<PersonSlips>,
  run: Run<{ readonly fileId: string }>,
  { mode, turn }: { readonly mode: ChunkMode; readonly turn: () => Promise<void> },
): Promise<Counts> {
  // news of its persons came in the middle of it: now they have to wait, or news that never ends would keep it from its end
  if (mode === 'alone') await lockOutPersons(tx)
  // of the same bytes taken anew nothing may pass for what the first file recorded
  const { fileId: commandId } = run.params
  const { arrival, receivedAt } = await fileOfRun(tx, commandId)
  const receivedMs = Date.parse(receivedAt)
  const slips = items.flatMap((person) =>
    person.slips.map(
      ({ inszIndex, employerNumber: sender, quarter, amountCents, createdAt, part }): WaitingSlip => ({
        ...{
          inszIndex,
          source: 'rsz',
          sender,
          quarter,
          amountCents,
          status: null,
          createdAt: createdAt ?? receivedMs,
          arrival,
          part,
          commandId,
        },
      }),
    ),
  )
  const origin = { actor: run.actor, correlationId: run.correlationId, causationId: run.params.fileId }
  return countsOf(await recordSlips(context, tx, slips, origin, turn))
}

/** Slips of a person that could not be recorded, alone and after other tries, count as refused and are named by their records. */
async function refuseChunk(
  tx: Transaction,
  { items }: Read<PersonSlips>,
  run: Run<{ readonly fileId: string }>,
): Promise<Counts> {
  const slips = items.flatMap((person) => person.slips)
  const issues = slips.map(({ part }) => ({
    ...{
      line: 0,
      number: part,
      place: `record ${part}`,
      code: 'slipNotRecorded',
      ...slipIssueTexts.slipNotRecorded,
    },
  }))
  await storeIssues(tx, run.params.fileId, issues)
  return { refused: slips.length }
}

function closeSlips(file: IntakeFile<SlipFileFacts>, { counts }: Run): FileEnd {
  const { recorded = 0, unchanged = 0, waiting = 0 } = counts
  const refused = file.facts.refused + (counts.refused ?? 0)
  const good = recorded + unchanged + waiting
  const nothing = good + file.facts.withoutSlip === 0
  const outcome = nothing ? 'refused' : refused > 0 ? 'partiallyAccepted' : 'accepted'
  return { outcome, counts: { received: good + refused, recorded, unchanged, waiting, refused } }
}
