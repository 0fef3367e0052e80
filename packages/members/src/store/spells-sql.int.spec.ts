import { uuidV5 } from '@ziv/kernel'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyFact, at, moment } from '../any-fact.fixture.ts'
import { foldMember, type Member, type MemberFact } from '../index.ts'
import { insertMemberFacts } from './facts-table.ts'
import { membersMigrations, spellsSql } from './index.ts'

let spec: TestDatabase
beforeAll(async () => {
  spec = await createTestDatabase({ migrations: [membersMigrations] })
})
afterAll(() => spec?.drop())

/** The same fact with ids as the table has them; of two of one moment the greater id counts on both sides. */
const stored = (fact: MemberFact): MemberFact =>
  ({
    ...fact,
    id: uuidV5(fact.id),
    ...('affiliationId' in fact && { affiliationId: uuidV5(fact.affiliationId) }),
    ...('capacityId' in fact && { capacityId: uuidV5(fact.capacityId) }),
  }) as MemberFact

interface Spell {
  readonly id: string
  readonly ziekenfonds: string
  readonly capacity: string | null
  readonly from: string
  readonly to: string | null
  readonly affiliation: boolean
}

const sorted = (spells: readonly Spell[]) => spells.toSorted((a, b) => (a.id < b.id ? -1 : 1))

/** The spells of a member as the fold in SQL tells them. */
const spellsOf = ({ affiliations, capacities }: Member): readonly Spell[] =>
  sorted([
    ...affiliations.map(({ id, ziekenfonds, from, to }) => ({
      id,
      ziekenfonds,
      from,
      to,
      capacity: null,
      affiliation: true,
    })),
    ...capacities.map(({ id, ziekenfonds, from, to, capacity }) => ({
      id,
      ziekenfonds,
      from,
      to,
      capacity,
      affiliation: false,
    })),
  ])

/** Folds the facts in SQL, those that were recorded up to a moment. */
async function foldInSql(ends: 'all' | 'each', knownAt: string) {
  const source = { table: 'app_members.facts', diedOn: 'died_on', known: 'f.recorded_at <= $1', tenants: 'true', ends }
  const q = { text: `with ${spellsSql(source)}`, values: [knownAt] }
  const columns = 'thing_id as id, ziekenfonds, capacity, from_day as "from", to_day as "to", affiliation'
  const { rows: spells } = await spec.database.query<Spell>(`${q.text} select ${columns} from spells`, q.values)
  const { rows: deaths } = await spec.database.query<{ died_on: string | null }>(
    `${q.text} select died_on from deaths`,
    q.values,
  )
  return { spells: sorted(spells), diedOn: deaths[0]?.died_on ?? null }
}

test.for(['all', 'each'] as const)(
  'the fold in SQL (ends of %s) is the pure fold, for any facts and every moment',
  async (ends) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyFact, { minLength: 1, maxLength: 12 }), moment, async (given, n) => {
        const facts = given.map(stored)
        const personId = uuidV5('somebody')
        await spec.database.query('truncate app_members.facts')
        await spec.database.transaction((tx) =>
          insertMemberFacts(
            tx,
            facts.map((fact) => ({ personId, fact })),
          ),
        )
        const member = foldMember(personId, facts, at(n))
        expect(await foldInSql(ends, at(n))).toEqual({ spells: spellsOf(member), diedOn: member.diedOn })
      }),
      { numRuns: 150 },
    )
  },
)
