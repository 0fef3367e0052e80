import type { Database, KeyRange, Transaction } from '@ziv/postgres'
import { type MasterKeys, proveKeys } from '@ziv/privacy'
import { addTallies, namesOf, naming, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import type { ServiceName } from './services.ts'
import { lasting, type Moving } from './verification/look-again.ts'

const OWN = `($1::text is null or id collate "C" > $1) and ($2::text is null or id collate "C" <= $2)`

/** Persons whom the log knows and did not erase: each of them was sealed. */
const PERSONS = `select substr(stream_id, 8) as id from es.streams s where stream_id >= 'person-' and stream_id < 'person.'
  and not exists (select from es.events e where e.stream_id = s.stream_id and e.type = 'PersonErased')`

/** Files whose lines wait, sealed, until they end: their key is destroyed then. */
const WAITING = `select distinct file_id::text as id from app_files.pages where content like 'v1:%'`

/** Billing files: their answer is made of what is sealed under their key. */
const BILLING = `select file_id::text as id from app_files.files where facts ->> 'header' is not null
  union select distinct file_id::text from app.staged_invoices where patient_subject::text = file_id::text`

const needs: readonly (readonly [service: ServiceName, of: 'persons' | 'files', sql: string])[] = [
  ['affiliation', 'persons', PERSONS],
  ['affiliation', 'files', WAITING],
  ['contributions', 'files', WAITING],
  ['reimbursement', 'files', BILLING],
]

type Databases = Readonly<Record<string, Pick<Database, 'query'>>>

/** Those of a range whose key is needed and is not there: destroyed, or without a row. */
async function missingOf(databases: Databases, { after, through }: KeyRange, kept: readonly string[]) {
  const there = new Set(kept)
  const missing = { persons: [] as string[], files: [] as string[] }
  for (const [service, of, sql] of needs) {
    const { rows } = await databases[service]!.query<{ id: string }>(
      `select id from (${sql}) needed where ${OWN} order by id`,
      [after, through],
    )
    for (const { id } of rows) if (!there.has(id)) missing[of].push(id)
  }
  return missing
}

/** Those of them whose erasure was finished: a key that is there came back, from a backup of the keys. */
async function erasedBefore(affiliation: Pick<Database, 'query'>, kept: readonly string[]): Promise<readonly string[]> {
  const { rows } = await affiliation.query<{ id: string }>(
    `select person_id::text as id from app.erasures where person_id::text = any($1::text[]) and done_at is not null`,
    [kept],
  )
  return rows.map((row) => row.id)
}

/** What a look at the keys of a range found wrong, by the problem. */
async function look(tx: Transaction, masterKey: MasterKeys, databases: Databases, range: KeyRange) {
  const { examined, damaged, kept } = await proveKeys(tx, masterKey, range)
  const { persons, files } = await missingOf(databases, range, kept)
  const back = await erasedBefore(databases.affiliation!, kept)
  return { examined, wrong: { damaged, lost: persons, files, back } }
}

type Wrong = Awaited<ReturnType<typeof look>>['wrong']
const listed = (wrong: Wrong) =>
  Object.entries(wrong).flatMap(([problem, ids]) => ids.map((id) => ({ key: `${problem} ${id}`, what: id })))

/**
 * Whether the key of everybody opens with the master key, and every key that is needed is there: of persons who were not erased, of
 * billing files, and of files whose lines wait. The key of who was erased is destroyed and stays so.
 */
export const keysProof = (
  keys: Database,
  masterKey: MasterKeys,
  moving: Moving & { readonly databases: Readonly<Record<string, Database>> },
): RangedProof =>
  rangedProof({
    name: 'keys of persons',
    database: keys,
    keys: { sql: 'select subject_id as key from privacy.keys' },
    there: rowsIn(keys, 'privacy.keys'),
    prove: async (tx, range) => {
      const { examined, wrong } = await look(tx, masterKey, moving.databases, range)
      const again = () =>
        keys.transaction(async (later) => listed((await look(later, masterKey, moving.databases, range)).wrong))
      const left = await lasting(listed(wrong), { moving, again })
      const of = (problem: keyof Wrong) =>
        namesOf(left.flatMap(({ key, what }) => (key === `${problem} ${what}` ? what : [])))
      return { examined, damaged: of('damaged'), lost: of('lost'), files: of('files'), back: of('back') }
    },
    conclude: (results) => {
      const { examined, damaged, lost, files, back } = addTallies(results)
      const problems = [
        ...(damaged.count === 0 ? [] : [`${damaged.count} keys do not open: ${told(damaged)}`]),
        ...(lost.count === 0 ? [] : [`${lost.count} keys are gone of persons who were not erased: ${told(lost)}`]),
        ...(files.count === 0 ? [] : [`${files.count} keys are gone of files that need them: ${told(files)}`]),
        ...(back.count === 0 ? [] : [`${back.count} keys are back of persons who were erased: ${told(back)}`]),
      ]
      const open = problems.length === 0
      const detail = open ? `${examined} keys open or were destroyed` : problems.join('; ')
      return [{ check: 'keys of persons open', ok: open, examined, detail, ...naming(damaged, lost, files, back) }]
    },
  })
