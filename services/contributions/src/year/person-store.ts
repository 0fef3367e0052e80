import type { Queryable, Transaction } from '@ziv/postgres'
import type { Person } from '../domain/person.ts'

interface PersonRow {
  readonly person_id: string
  readonly facts: Omit<Person, 'personId'>
}

const personOf = (row: PersonRow): Person => ({ personId: row.person_id, ...row.facts })

/** Persons by id, in one query; who is not known is absent. */
export async function loadPersons(q: Queryable, ids: readonly string[]): Promise<Map<string, Person>> {
  const { rows } = await q.query<PersonRow>({
    name: 'contributions-load-persons',
    text: 'select person_id, facts from app.persons where person_id = any ($1::uuid[])',
    values: [ids],
  })
  return new Map(rows.map((row) => [row.person_id, personOf(row)]))
}

// One row for all: a row of its own costs the driver more than what it holds. Offset 0: by the keys, whatever the
// statistics say; other plans read both tables for every chunk.
const byIndexSql = `select string_agg(i.insz_index, ' ') as indexes, string_agg(p.person_id::text, ' ') as persons,
       string_agg(p.facts::text, ',') as facts
  from unnest(string_to_array($1, ' ')) k (insz_index)
 cross join lateral (select * from app.person_identifiers s where s.insz_index = k.insz_index offset 0) i
 cross join lateral (select * from app.persons s where s.person_id = i.person_id offset 0) p`

/** Persons by any INSZ index they ever had, in one query. */
export async function personsByIndex(q: Queryable, indexes: readonly string[]): Promise<Map<string, Person>> {
  if (indexes.length === 0) return new Map()
  const { rows } = await q.query<Record<'indexes' | 'persons' | 'facts', string | null>>({
    name: 'contributions-persons-by-index',
    text: byIndexSql,
    values: [indexes.join(' ')],
  })
  const found = rows[0]!
  if (found.facts === null) return new Map()
  const facts = JSON.parse(`[${found.facts}]`) as Omit<Person, 'personId'>[]
  const persons = found.persons!.split(' ')
  return new Map(
    found.indexes!.split(' ').map((index, place) => [
      index,
      // by name: spreading parsed objects gives each a shape of its own
      {
        personId: persons[place]!,
        birthDate: facts[place]!.birthDate,
        affiliations: facts[place]!.affiliations,
        capacities: facts[place]!.capacities,
        erased: facts[place]!.erased,
      },
    ]),
  )
}

export async function savePersons(tx: Transaction, persons: readonly Person[]): Promise<void> {
  if (persons.length === 0) return
  await tx.query({
    name: 'contributions-save-persons',
    text: `insert into app.persons (person_id, facts)
           select person_id, facts::jsonb from unnest($1::uuid[], $2::text[]) n (person_id, facts)
           on conflict (person_id) do update set facts = excluded.facts`,
    values: [
      persons.map((person) => person.personId),
      persons.map(({ personId: _, ...facts }) => JSON.stringify(facts)),
    ],
  })
}

export interface Identifier {
  readonly inszIndex: string
  readonly personId: string
}

/** Adds identifiers; the ones a person had stay valid. Takes the matching gate: see the migration. */
export async function addIdentifiers(tx: Transaction, identifiers: readonly Identifier[]): Promise<void> {
  if (identifiers.length === 0) return
  await tx.query('lock table app.matching_gate in share mode')
  await tx.query({
    name: 'contributions-add-identifiers',
    text: `insert into app.person_identifiers (insz_index, person_id)
           select distinct on (insz_index) insz_index, person_id
             from unnest($1::text[], $2::uuid[]) with ordinality n (insz_index, person_id, place)
            order by insz_index, place desc
           on conflict (insz_index) do update set person_id = excluded.person_id`,
    values: [identifiers.map((item) => item.inszIndex), identifiers.map((item) => item.personId)],
  })
}

/** After an erasure nothing may lead from an INSZ to the person any more; what waited under it goes too. */
export async function dropIdentifiers(tx: Transaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await tx.query(
    `with gone as (delete from app.person_identifiers where person_id = any ($1::uuid[]) returning insz_index)
     delete from app.waiting_slips w using gone where w.insz_index = gone.insz_index`,
    [personIds],
  )
}
