import type { RouteAccess } from '@ziv/http'
import { z } from 'zod'
import type { FileDoor } from '../file-routes.ts'
import type { IntakeFile } from '../types.ts'
import type { LineFacts } from './stage-lines.ts'

/** What only a kind of file of lines itself can say of its door. */
export interface LineDoor
  extends Pick<FileDoor<LineFacts, z.ZodObject>, 'resource' | 'tag' | 'summary' | 'headOf' | 'scopeOf'> {
  readonly description: string
  /** Title of the answer, in the contract. */
  readonly title: string
  /** Name of the identifier of a file: `batchId`. */
  readonly id: string
  readonly access: RouteAccess
  /** Schema of a line, whose fields the contract tells. */
  readonly schema: z.ZodType
  /** What a line that is in counts as, by name, with what that means. */
  readonly outcomes: Readonly<Record<string, string>>
  readonly bodyLimit?: number
  readonly task?: Partial<FileDoor<LineFacts, z.ZodObject>['task']>
}

const bodyBytesMax = 2 * 1024 ** 3

/** The door of a file with one JSON object a line: the same for every kind, but for who sends and what its lines are. */
export function lineDoor(of: LineDoor): FileDoor<LineFacts, z.ZodObject> {
  const { outcomes, schema, title, id, access, task, bodyLimit = bodyBytesMax, description, ...rest } = of
  return {
    ...rest,
    description: `One JSON object per line, in UTF-8: one byte that is not refuses the file; a line that is wrong is refused at its place, and the others go in. ${description} Fields of a line:\n\n${fieldsOf(schema)}\n\nThere is no heading line.`,
    formats: { 'application/x-ndjson': 'jsonl', 'application/jsonl': 'jsonl' },
    bodyLimit,
    ...{ send: access, read: access },
    view: viewOf(title, id, outcomes),
    toView: (file) => shownLines(file, Object.keys(outcomes)),
    task: {
      done: `(select coalesce(sum(c.value::bigint), 0)
        from jsonb_each_text(case when f.state = 'done' then f.counts else run.counts end) c where c.key not like '$%')`,
      total: `(f.facts ->> 'lines')::bigint`,
      ...task,
    },
  }
}

const moment = (text: string) => z.iso.datetime({ precision: 3 }).describe(text)
const count = (text: string) => z.int().describe(text)

const viewOf = (title: string, id: string, outcomes: LineDoor['outcomes']) =>
  z
    .object({
      [id]: z.uuid().describe('Identifier of the file'),
      href: z.string().describe('Address of the file'),
      state: z
        .enum(['received', 'accepted', 'partiallyAccepted', 'refused'])
        .describe('received: read and being worked through; the others are final'),
      fileHash: z.string().describe('SHA-256 of the file in hex'),
      lines: count('Lines received'),
      handled: count('Lines worked through'),
      ...Object.fromEntries(Object.entries(outcomes).map(([name, text]) => [name, count(text)])),
      refused: count('Lines refused, see issues'),
      receivedAt: moment('When it was taken in'),
      completedAt: moment('When the last line was worked through').optional(),
    })
    .meta({ title, description: 'A file with one item a line, and what became of it' })

function shownLines(file: IntakeFile<LineFacts>, names: readonly string[]): object {
  const { outcome, fileHash, facts, counts, receivedAt, completedAt } = file
  const own = Object.fromEntries([...names, 'refused'].map((name) => [name, counts[name] ?? 0]))
  const handled = Object.values(own).reduce((sum, n) => sum + n, 0)
  return {
    ...{ state: outcome ?? 'received', fileHash, lines: facts.lines, handled, ...own, receivedAt },
    ...(completedAt === null ? {} : { completedAt }),
  }
}

/** `lastName: Family name`, with `(optional)` where it may be left out: a line has no schema of its own in the contract. */
function fieldsOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodUnion) return schema.options.map((one) => fieldsOf(one as z.ZodType)).join('\n\nor\n\n')
  if (!(schema instanceof z.ZodObject)) throw new Error('a line is an object, or one of several')
  return Object.entries(schema.shape)
    .map(([name, field]) => `- ${name}${isOptional(field) ? ' (optional)' : ''}: ${(field as z.ZodType).description}`)
    .join('\n')
}

const isOptional = (field: unknown): boolean => (field as z.ZodType).safeParse(undefined).success
