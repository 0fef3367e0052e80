import { type KeyRange, streamRows } from '@ziv/postgres'
import { addTallies, namesOf, type RangedProof, rangedProof, told } from '@ziv/service'
import type { Sandbox } from './sandbox.ts'
import type { ServiceName } from './services.ts'

interface Copy {
  readonly person_id: string
  readonly member: string
}

/** Services that keep the common copy of what affiliation told; the landsbond folds per insurer, and proves its counts itself. */
const KEEPERS = ['contributions', 'rights', 'reimbursement'] as const satisfies readonly ServiceName[]

/** Persons of whom something is known: a row may stand empty for who was only locked or numbered so far. */
const COPY = `select person_id, member::text as member from app_members.persons where member ->> 0 is not null
  and ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2) order by person_id`

/** Every service that keeps the common copy of the affiliation facts knows the same of everybody. */
export const membersAgree = ({ databases }: Pick<Sandbox, 'databases'>): RangedProof =>
  rangedProof({
    name: 'members',
    database: databases.contributions,
    keys: { sql: 'select person_id::text as key from app_members.persons' },
    prove: async (tx, range) => {
      const sides = KEEPERS.map((name) => (name === 'contributions' ? tx : databases[name]))
      const copies = await Promise.all(sides.map((side) => copyOf(side, range)))
      const everybody = new Set(copies.flatMap((copy) => [...copy.keys()]))
      const different = [...everybody].filter((id) => new Set(copies.map((copy) => copy.get(id))).size > 1)
      return { examined: everybody.size, different: namesOf(different.sort()) }
    },
    conclude: (results) => {
      const { examined, different } = addTallies(results)
      const detail =
        different.count === 0
          ? `${examined} persons in ${KEEPERS.join(', ')}`
          : `${different.count} differ: ${told(different, 3)}`
      const ok = different.count === 0 && examined > 0
      return [{ check: 'every service knows the same members', ok, examined, detail }]
    },
  })

async function copyOf(
  database: Parameters<typeof streamRows>[0],
  { after, through }: KeyRange,
): Promise<ReadonlyMap<string, string>> {
  const members = new Map<string, string>()
  for await (const { person_id, member } of streamRows<Copy>(database, COPY, [after, through]))
    members.set(person_id, member)
  return members
}
