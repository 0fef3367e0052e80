import { recordOnce } from '@ziv/event-store'
import {
  answerDigest,
  type FileEnd,
  type FileIssue,
  type FileKind,
  type FileParams,
  type IntakeFile,
  storeIssues,
} from '@ziv/intake'
import { type Instant, LANGUAGES, parseJson, renderRejection } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Counts, Read, Run, Turn } from '@ziv/runs'
import { wordsIn } from '../commands/code-words.ts'
import type { Context } from '../commands/context.ts'
import type { MemberImportCompletedData } from '../domain/member-import.events.ts'
import { rejections } from '../domain/person.rejections.ts'
import { prepareChunk, storeChunk } from './import-chunk.ts'
import { type ImportIssue, readRow } from './import-row.ts'
import { type MemberFileFacts, stageMembers } from './stage-members.ts'
import { keyOfLine, linesPerPage, readLines, type StagedLine } from './staged-lines.ts'

/** Name of the kind: of its run and of its task too. */
export const MEMBER_IMPORT = 'memberImport'

/**
 * A file of members, one a line. The lines rest sealed under a key of the file. They are worked through in their order, as one part: the
 * row of a holder comes before those of its dependants.
 */
export function memberFileKind(context: Context): FileKind<MemberFileFacts, StagedLine> {
  const { vault } = context
  return {
    kind: MEMBER_IMPORT,
    stage: (upload, source) => stageMembers(vault, upload, source),
    work: {
      chunkSize: linesPerPage,
      // the next is opened, checked and sealed while this one is stored
      inFlight: 2,
      itemKey: keyOfLine,
      read: (tx, range, { params: { fileId } }) => readLines(tx, vault, fileId, range),
      store: (tx, read, run, _, turn) => importLines(context, tx, read, run, turn),
      givenUp: refuseLines,
      close: (_, _file, run) => closeMembers(run),
    },
    end: (tx, file, end, completedAt) => recordEnd(context, tx, file, end, completedAt),
    // what refused a row may be corrected since: sent again, its other rows count as repeated
    isSame: ({ state, counts }) => state !== 'done' || (counts.refused ?? 0) === 0,
    discard: async (_, fileId) => {
      await vault.erase(fileId)
    },
  }
}

async function importLines(
  context: Context,
  tx: Transaction,
  { items }: Read<StagedLine>,
  run: Run<FileParams>,
  turn: Turn,
): Promise<Counts> {
  const { fileId } = run.params
  const rows = items.map(({ line, text }) => {
    // not an object, or one key twice: the row schema refuses it at its line
    const parsed = parseJson(text)
    return readRow(line, parsed.ok ? parsed.value : null)
  })
  const prepared = await prepareChunk(context, tx, rows, await senderOf(tx, fileId))
  // a holder may stand in the chunk before
  await turn()
  const metadata = { actor: run.actor, correlationId: run.correlationId, causationId: fileId }
  const { imported, repeated, issues } = await storeChunk(context, tx, prepared, metadata)
  await storeIssues(tx, fileId, issues.map(issueOf))
  return { imported, repeated, refused: issues.length }
}

/** The ziekenfonds that sent a file; undefined: the operator did. */
async function senderOf(tx: Transaction, fileId: string): Promise<string | undefined> {
  const { rows } = await tx.query<Pick<IntakeFile, 'ziekenfonds'>>({
    name: 'affiliation-member-file',
    text: 'select ziekenfonds from app_files.files where file_id = $1',
    values: [fileId],
  })
  return rows[0]?.ziekenfonds ?? undefined
}

function issueOf({ line, code, params }: ImportIssue): FileIssue {
  const words = wordsIn(params)
  const [nl, fr, de, en] = LANGUAGES.map((language) => {
    const said = Object.entries(params).map(([name, value]) => {
      const text = typeof value === 'object' ? value[language] : (words[name]?.[language] ?? value)
      return [name, text]
    })
    return renderRejection(rejections, { code, params: Object.fromEntries(said) }, language)
  })
  return { line, number: 1, place: `line ${line}`, code, nl: nl!, fr: fr!, de: de!, en: en! }
}

/** A line that made the work fail, alone and after other tries, counts as refused. */
async function refuseLines(tx: Transaction, { items }: Read<StagedLine>, run: Run<FileParams>): Promise<Counts> {
  const issues = items.map(({ line }) => issueOf({ line, code: 'importLineFailed', params: {} }))
  await storeIssues(tx, run.params.fileId, issues)
  return { refused: items.length }
}

function closeMembers({ counts }: Run): FileEnd {
  const { imported = 0, repeated = 0, refused = 0 } = counts
  const outcome = imported + repeated === 0 ? 'refused' : refused > 0 ? 'partiallyAccepted' : 'accepted'
  return { outcome, counts: { imported, repeated, refused } }
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
