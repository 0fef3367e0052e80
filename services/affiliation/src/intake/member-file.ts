import { recordOnce } from '@ziv/event-store'
import {
  answerDigest,
  type FileEnd,
  type FileKind,
  type IntakeFile,
  type Line,
  type LineFacts,
  type LineIssue,
  type LinesAt,
  lineFile,
  type StagedLine,
} from '@ziv/intake'
import { type Instant, LANGUAGES, renderRejection } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Counts } from '@ziv/runs'
import { wordsIn } from '../commands/code-words.ts'
import type { Context } from '../context.ts'
import type { MemberImportCompletedData } from '../domain/member-import.events.ts'
import { rejections } from '../domain/person.rejections.ts'
import { prepareChunk, storeChunk } from './import-chunk.ts'
import { type ImportIssue, type MemberImportRow, memberImportRow } from './import-row.ts'

/** Name of the kind: of its run and of its task too. */
export const MEMBER_IMPORT = 'memberImport'

/** A file of members, one a line: the row of a holder comes before those of its dependants. */
export function memberFileKind(context: Context): FileKind<LineFacts, StagedLine> {
  return {
    ...lineFile({
      ...{ kind: MEMBER_IMPORT, vault: context.vault, schema: memberImportRow, outcomes: ['imported', 'repeated'] },
      record: (lines, at) => importLines(context, lines, at),
    }),
    end: (tx, file, end, completedAt) => recordEnd(context, tx, file, end, completedAt),
  }
}

async function importLines(
  context: Context,
  lines: readonly Line<MemberImportRow>[],
  { tx, file, run, turn }: LinesAt,
): Promise<{ readonly counts: Counts; readonly issues: readonly LineIssue[] }> {
  const rows = lines.map(({ line, item }) => ({ line, row: item }))
  // the ziekenfonds that sent the file; none: the operator did
  const prepared = await prepareChunk(context, tx, rows, file.ziekenfonds ?? undefined)
  // a holder may stand in the chunk before
  await turn()
  const metadata = { actor: run.actor, correlationId: run.correlationId, causationId: file.fileId }
  const { imported, repeated, issues } = await storeChunk(context, tx, prepared, metadata)
  return { counts: { imported, repeated }, issues: issues.map(issueOf) }
}

function issueOf({ line, code, params }: ImportIssue): LineIssue {
  const words = wordsIn(params)
  const [nl, fr, de, en] = LANGUAGES.map((language) => {
    const said = Object.entries(params).map(([name, value]) => {
      const text = typeof value === 'object' ? value[language] : (words[name]?.[language] ?? value)
      return [name, text]
    })
    return renderRejection(rejections, { code, params: Object.fromEntries(said) }, language)
  })
  return { line, code, nl: nl!, fr: fr!, de: de!, en: en! }
}

/** The end of a file, on its own stream. */
async function recordEnd(
  { store, law }: Context,
  tx: Transaction,
  { fileId, fileHash, actor, correlationId }: IntakeFile,
  { outcome, counts: { imported = 0, repeated = 0, refused = 0 } }: FileEnd,
  recordedAt: Instant,
): Promise<void> {
  const counts = { imported, repeated, refused }
  const digests = { fileHash, answerDigest: await answerDigest(tx, MEMBER_IMPORT, fileId) }
  const data = { outcome, ...counts, ...digests } as MemberImportCompletedData
  await recordOnce(tx, store, () => recordedAt, {
    streamId: `memberImport-${fileId}`,
    event: { type: 'MemberImportCompleted', version: 1, data },
    metadata: { actor, correlationId, law: law.version },
  })
}
