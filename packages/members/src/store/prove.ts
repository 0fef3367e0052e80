import { type KeyRange, streamBatches, type Transaction } from '@ziv/postgres'
import { foldMember } from '../fold-member.ts'
import { loadMemberFacts } from './facts-table.ts'
import { deflateMember, inflateMember, type StoredMember } from './stored-member.ts'

/** What a proof found: how many members it compared and which do not agree. */
export interface MembersProof {
  readonly examined: number
  readonly wrong: readonly string[]
}

const everybody: KeyRange = { after: null, through: null }

/**
 * The fold stored of every member equals the fold of the facts, nobody with facts lacks one, and no number leads to a person
 * who is erased or unknown. Persons of a range, in chunks; changes nothing.
 */
export async function proveMembers(tx: Transaction, { after, through } = everybody): Promise<MembersProof> {
  const wrong: string[] = []
  let examined = 0
  const sql = `select coalesce(p.person_id, f.person_id) as person_id, p.member
                 from app_members.persons p full join (select distinct person_id from app_members.facts) f using (person_id)
                where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2) order by 1`
  const members = streamBatches<{ person_id: string; member: StoredMember | null }>(tx, sql, [after, through], {
    batchSize: 500,
  })
  for await (const rows of members) {
    const facts = await loadMemberFacts(
      tx,
      rows.map((row) => row.person_id),
    )
    for (const { person_id, member } of rows) {
      examined += 1
      const folded = deflateMember(foldMember(person_id, facts.get(person_id) ?? []))
      if (member === null || deflateMember(inflateMember(person_id, member)) !== folded) wrong.push(person_id)
    }
  }
  const { rows: astray } = await tx.query<{ person_id: string }>(
    `select i.person_id from app_members.identifiers i left join app_members.persons p using (person_id)
      where (p.person_id is null or (p.member ->> 3)::boolean)
        and ($1::uuid is null or i.person_id > $1) and ($2::uuid is null or i.person_id <= $2)`,
    [after, through],
  )
  return { examined, wrong: [...wrong, ...astray.map((row) => row.person_id)] }
}
