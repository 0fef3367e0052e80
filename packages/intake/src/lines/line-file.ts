import { type InputFault, inputFaults, inputTexts, isStorable, objectExpected, unstorable } from '@ziv/http'
import { parseJson, type Words } from '@ziv/kernel'
import type { Transaction } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import type { Counts, Run, Turn } from '@ziv/runs'
import type { z } from 'zod'
import { isStanding } from '../standing.ts'
import { ISSUES_MAX, readFile, storeIssuesUpTo } from '../store.ts'
import type { FileEnd, FileIssue, FileKind, FileParams, IntakeFile } from '../types.ts'
import { lineTexts, tooLong } from './line-texts.ts'
import { type LineFacts, stageLines, TOO_LONG } from './stage-lines.ts'
import { keyOfLine, linesPerPage, readLines, type StagedLine } from './staged-lines.ts'

/** What a line says, at its place in the file. */
export interface Line<T> {
  readonly line: number
  readonly item: T
}

/** What is wrong with a line, in words for people; never what the line says. */
export interface LineIssue extends Words {
  readonly line: number
  readonly code: string
  /** Path of the field that it is about; absent for the line as a whole. */
  readonly path?: string | undefined
}

/** Lines of one transaction, and of which file they are. */
export interface LinesAt {
  readonly tx: Transaction
  readonly file: IntakeFile<LineFacts>
  readonly run: Run<FileParams>
  /** To be awaited before what lines before may have changed is read or locked. */
  readonly turn: Turn
}

/** What only a kind of file of lines itself can say. */
export interface LineFile<T> {
  /** Name of the kind; see `FileKind`. */
  readonly kind: string
  readonly vault: Vault
  readonly schema: z.ZodType<T>
  /** Issues listed per file; the others are only counted. Default 100,000. */
  readonly issuesMax?: number
  /** What a line that is in counts as, each a name of a count. */
  readonly outcomes: readonly string[]
  /** Records the lines that could be read, in their order, by the rules of the single route; names those that are refused. */
  readonly record: (
    lines: readonly Line<T>[],
    at: LinesAt,
  ) => Promise<{ readonly counts: Counts; readonly issues: readonly LineIssue[] }>
}

/**
 * A kind of file with one JSON object a line. Its lines rest sealed under a key of the file, and are worked through in their order, as
 * one part: a line may build on one before it. A line that is wrong is refused at its place, and the others go on. The same
 * file sent again is taken anew where `isStanding` says so.
 */
export function lineFile<T>(of: LineFile<T>): FileKind<LineFacts, StagedLine> {
  const { kind, vault, issuesMax = ISSUES_MAX } = of
  return {
    kind,
    issuesMax,
    stage: (upload, source) => stageLines(vault, upload, source),
    work: {
      chunkSize: linesPerPage,
      // the next is opened, checked and sealed while this one is stored
      inFlight: 2,
      itemKey: keyOfLine,
      read: (tx, range, { params: { fileId } }) => readLines(tx, vault, fileId, range),
      store: (tx, { items }, run, _mode, turn) => recordLines(of, items, { tx, run, turn }),
      givenUp: async (tx, { items }, { params: { fileId } }) => {
        await storeIssuesUpTo(tx, fileId, items.map(failedLine), issuesMax)
        return { refused: items.length }
      },
      close: (_tx, _file, { counts }) => endOfLines(of.outcomes, counts),
    },
    isSame: isStanding,
    discard: async (_, fileId) => {
      await vault.erase(fileId)
    },
  }
}

async function recordLines<T>(
  of: LineFile<T>,
  staged: readonly StagedLine[],
  at: Omit<LinesAt, 'file'>,
): Promise<Counts> {
  const { fileId } = at.run.params
  const file = (await readFile<LineFacts>(at.tx, of.kind, fileId))!
  const lines: Line<T>[] = []
  const issues: LineIssue[] = []
  let unread = 0
  for (const { line, text } of staged) {
    if (text === '') continue
    const read = readItem(of.schema, text)
    if ('item' in read) {
      lines.push({ line, item: read.item })
      continue
    }
    unread += 1
    for (const { name, texts } of read.faults)
      issues.push({ line, code: 'lineInvalid', path: name, ...lineTexts.invalid(texts) })
  }
  const done = await of.record(lines, { ...at, file })
  const inOrder = [...issues, ...done.issues].sort((a, b) => a.line - b.line)
  await storeIssuesUpTo(at.tx, fileId, numbered(inOrder), of.issuesMax ?? ISSUES_MAX)
  return { ...done.counts, refused: unread + done.issues.length }
}

/** What a line holds, or what is wrong where: in the sentences of the single routes, and without a word of the line. */
function readItem<T>(
  schema: z.ZodType<T>,
  text: string,
): { readonly item: T } | { readonly faults: readonly InputFault[] } {
  const whole = (texts: Words) => ({ faults: [{ texts }] })
  if (text === TOO_LONG) return whole(tooLong)
  const read = parseJson(text)
  if (!read.ok) return whole(inputTexts(read.error.code))
  if (typeof read.value !== 'object' || read.value === null || Array.isArray(read.value))
    return whole(objectExpected(read.value))
  if (!isStorable(read.value)) return whole(unstorable)
  const parsed = schema.safeParse(read.value)
  return parsed.success ? { item: parsed.data } : { faults: inputFaults(schema, read.value) }
}

const issueOf = ({ path, ...issue }: LineIssue, number = 1): FileIssue => {
  const place = path === undefined ? `line ${issue.line}` : `line ${issue.line}, path ${path}`
  return { number, place, ...issue }
}

/** Issues in the order of their lines, those of one line numbered from 1. */
function numbered(issues: readonly LineIssue[]): readonly FileIssue[] {
  let [line, number] = [0, 0]
  return issues.map((issue) => {
    number = issue.line === line ? number + 1 : 1
    line = issue.line
    return issueOf(issue, number)
  })
}

/** A line that made the work fail, alone and after other tries. */
const failedLine = ({ line }: StagedLine): FileIssue => issueOf({ line, code: 'lineFailed', ...lineTexts.failed })

function endOfLines(outcomes: readonly string[], counts: Counts): FileEnd {
  const { refused = 0 } = counts
  const own = Object.fromEntries(outcomes.map((name) => [name, counts[name] ?? 0]))
  const good = Object.values(own).reduce((sum, count) => sum + count, 0)
  const outcome = good === 0 ? 'refused' : refused > 0 ? 'partiallyAccepted' : 'accepted'
  return { outcome, counts: { ...own, refused } }
}
