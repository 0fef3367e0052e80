import { Readable } from 'node:stream'
import { nextSsin } from './clerk.ts'
import { type Answer, type callers, key, type World } from './world.ts'

/** The proof that bears a row as it stands below. */
const proofs: Readonly<Record<string, object>> = {
  EMPLOYEE: { kind: 'employerProof', rszNumber: '102077173', issuedOn: '2026-01-05' },
  SELF_EMPLOYED: {
    ...{ kind: 'socialInsuranceFundAttest', fundNumber: '0409084236', activity: 'selfEmployed' },
    issuedOn: '2026-01-05',
  },
  DEPENDANT_CHILD: { kind: 'birthAct', issuedOn: '2021-01-10' },
}

/** A row of a file of members, with the proof of its capacity. */
export const memberLine = (rowId: string, more: Readonly<Record<string, unknown>> = {}) => ({
  ...{ rowId, ssin: nextSsin('1990-01-01'), lastName: 'Claes', firstNames: 'An', ziekenfonds: '306' },
  ...{ capacity: 'EMPLOYEE', acquiredOn: '2026-01-05', requestedOn: '2026-01-06' },
  evidence: [proofs[String(more.capacity ?? 'EMPLOYEE')]],
  ...more,
})

export const bodyOf = (lines: readonly (object | string)[]): string =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')

/** Posts a file of members; answers before it is worked through. */
export async function postMembers(
  world: World,
  as: keyof typeof callers,
  payload: string | Buffer,
  headers: Record<string, string> = key(),
): Promise<Answer> {
  const answer = await world.app.inject({
    ...{ method: 'POST', url: '/affiliation/v1/memberImports', payload },
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/jsonl', ...headers },
  })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}

/** What became of a file of members. */
export interface Became {
  readonly importId: string
  /** Address of the import, behind that of the service. */
  readonly path: string
  readonly state: string
  readonly counts: { readonly imported: number; readonly repeated: number; readonly refused: number }
  /** Line and code of every issue. */
  readonly issues: readonly (readonly [number, string])[]
}

/** Reads what became of an import. */
export async function becameOf(world: World, as: keyof typeof callers, importId: string): Promise<Became> {
  const path = `/memberImports/${importId}`
  const { state, imported, repeated, refused } = (await world.call(as, 'GET', path)).body
  const { items } = (await world.call(as, 'GET', `${path}/issues`)).body as { items: { line: number; code: string }[] }
  const issues = items.map(({ line, code }) => [line, code] as const)
  return { importId, path, state, counts: { imported, repeated, refused }, issues }
}

/** Sends a file of members and waits until it was worked through. */
export async function sendMembers(
  world: World,
  as: keyof typeof callers,
  lines: readonly (object | string)[],
  headers: Record<string, string> = key(),
): Promise<Became> {
  const answer = await postMembers(world, as, bodyOf(lines), headers)
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body))
  await world.module.runs.idle()
  return becameOf(world, as, answer.body.importId)
}

/** What became of rows that were taken in in process. */
export interface Taken {
  readonly imported: number
  readonly repeated: number
  readonly refused: number
  readonly issues: readonly { readonly line: number; readonly code: string; readonly en: string }[]
}

/** Takes rows in as the operator, in process; of the same rows twice it makes two files. */
export async function takeRows(
  world: World,
  rows: readonly unknown[],
  module: Pick<World['module'], 'importMembers'> = world.module,
): Promise<Taken> {
  taken += 1
  const text = rows.map((row) => JSON.stringify(row)).join('\n') + '\n'.repeat(taken)
  const received = await module.importMembers(Readable.from([Buffer.from(text)]))
  if (!received.ok) throw new Error(JSON.stringify(received.issues))
  const { imported = 0, repeated = 0, refused = 0 } = received.file.counts
  const { rows: issues } = await world.database.query<Taken['issues'][number]>(
    'select line, code, en from app_files.issues where file_id = $1 order by line',
    [received.file.fileId],
  )
  return { imported, repeated, refused, issues }
}
let taken = 0
