import { streamRows } from '@ziv/postgres'
import type { Finding } from '@ziv/service'
import type { Sandbox } from './sandbox.ts'
import type { ServiceName } from './services.ts'

interface Copy {
  readonly person_id: string
  readonly member: string
}

/** Services that keep the common copy of what affiliation told; the landsbond folds per insurer, and proves its counts itself. */
const KEEPERS = ['contributions', 'rights', 'reimbursement'] as const satisfies readonly ServiceName[]

/** Persons of whom something is known: a row may stand empty for who was only locked or numbered so far. */
const COPY = `select person_id, member::text as member from app_members.persons where member ->> 0 is not null order by person_id`

/** Every service that keeps the common copy of the affiliation facts knows the same of everybody. */
export async function membersAgree({ databases }: Pick<Sandbox, 'databases'>): Promise<Finding> {
  const copies = await Promise.all(KEEPERS.map((name) => copyOf(databases[name])))
  const everybody = new Set(copies.flatMap((copy) => [...copy.keys()]))
  const different = [...everybody].filter((id) => new Set(copies.map((copy) => copy.get(id))).size > 1)
  return {
    check: 'every service knows the same members',
    ok: different.length === 0 && everybody.size > 0,
    examined: everybody.size,
    detail:
      different.length === 0
        ? `${everybody.size} persons in ${KEEPERS.join(', ')}`
        : `${different.length} differ: ${different.slice(0, 3).join(', ')}`,
  }
}

async function copyOf(database: Parameters<typeof streamRows>[0]): Promise<ReadonlyMap<string, string>> {
  const members = new Map<string, string>()
  for await (const { person_id, member } of streamRows<Copy>(database, COPY)) members.set(person_id, member)
  return members
}
