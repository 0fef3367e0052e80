import { recordOnce } from '@ziv/event-store'
import {
  answerDigest,
  type FileEnd,
  type FileKind,
  type IntakeFile,
  type LineFacts,
  type LineIssue,
  lineFile,
  type StagedLine,
} from '@ziv/intake'
import { type Instant, rejectionWords } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { z } from 'zod'
import { countsOf } from '../commands/record-slips.ts'
import type { Context } from '../context.ts'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'
import type { LineBatchCompletedData } from '../domain/line-batch.events.ts'
import type { Recorder } from './record-lines.ts'
import { stillStands } from './still-stands.ts'

/** What a line that is in came to, each a count of its file. */
export const lineOutcomes = {
  recorded: 'Lines that changed something',
  unchanged: 'Lines that were known',
  waiting: 'Lines of persons who are not known yet',
} as const

/** A kind of file whose lines are contributions of one sort, recorded by the rules of the single route. */
export function lineBatchKind<T>(
  context: Context,
  of: { readonly kind: string; readonly schema: z.ZodType<T>; readonly record: Recorder<T> },
): FileKind<LineFacts, StagedLine> {
  return {
    ...lineFile({
      ...{ kind: of.kind, schema: of.schema, vault: context.vault, outcomes: Object.keys(lineOutcomes) },
      record: async (lines, { tx, file, run, turn }) => {
        // what a line before has recorded or booked stands first
        await turn()
        const origin = { actor: run.actor, correlationId: run.correlationId, causationId: file.fileId }
        const came = { on: file.businessDate, at: file.receivedAt, arrival: file.arrival }
        const became = await of.record(context, tx, lines, origin, came)
        const issues = became.flatMap((one, index): LineIssue[] => {
          if (typeof one === 'string') return []
          return [{ line: lines[index]!.line, code: one.code, ...rejectionWords(contributionRejections, one) }]
        })
        const { recorded, unchanged, waiting } = countsOf(became)
        return { counts: { recorded, unchanged, waiting }, issues }
      },
    }),
    isSame: stillStands,
    end: (tx, file, end, completedAt) => recordEnd(context, tx, file, end, completedAt),
  }
}

/** The end of a file, on its own stream. */
async function recordEnd(
  { store, law }: Context,
  tx: Transaction,
  { fileId, kind, fileHash, actor, correlationId }: IntakeFile,
  { outcome, counts: { recorded = 0, unchanged = 0, waiting = 0, refused = 0 } }: FileEnd,
  recordedAt: Instant,
): Promise<void> {
  const digest = await answerDigest(tx, kind, fileId)
  const data = { kind, fileHash, outcome, recorded, unchanged, waiting, refused, answerDigest: digest }
  await recordOnce(tx, store, () => recordedAt, {
    streamId: `lineBatch-${fileId}`,
    event: { type: 'LineBatchCompleted', version: 1, data: data as LineBatchCompletedData },
    metadata: { actor, correlationId, law: law.version },
  })
}
