import { type Database, streamBatches } from '@ziv/postgres'
import { foldMember } from '../fold-member.ts'
import { loadMemberFacts } from './facts-table.ts'
import { deflateMember, inflateMember, type StoredMember } from './stored-member.ts'

/** What a proof found: how many members it compared and which do not agree. */
export interface MembersProof {
  readonly ok: boolean
  readonly examined: number
  readonly detail: string
}

const shown = 5

/**
 * The fold stored of every member equals the fold of the facts, nobody with facts lacks one, and no number leads to a person
 * who is erased or unknown. Persons in chunks; changes nothing.
 */
export async function proveMembers(database: Database): Promise<MembersProof> {
  const wrong: string[] = []
  let examined = 0
  const sql = `select coalesce(p.person_id, f.person_id) as person_id, p.member
                 from app_members.persons p full join (select distinct person_id from app_members.facts) f using (person_id)
                order by 1`
  for await (const rows of streamBatches<{ person_id: string; member: StoredMember | null }>(database, sql, [], {
    batchSize: 500,
  })) {
    const facts = await loadMemberFacts(
      database,
      rows.map((row) => row.person_id),
    )
    for (const { person_id, member } of rows) {
      examined += 1
      const folded = deflateMember(foldMember(person_id, facts.get(person_id) ?? []))
      if (member === null || deflateMember(inflateMember(person_id, member)) !== folded) wrong.push(person_id)
    }
  }
  const { rows: astray } = await database.query<{ person_id: string }>(
    `select i.person_id from app_members.identifiers i left join app_members.persons p using (person_id)
      where p.person_id is null or (p.member ->> 3)::boolean limit ${shown}`,
  )
  const names = [...wrong, ...astray.map((row) => row.person_id)]
  const detail = `${examined} members, ${names.length} do not agree with their facts: ${names.slice(0, shown).join(', ') || 'none'}`
  return { ok: names.length === 0, examined, detail }
}
