import type { Instant } from '@ziv/kernel'
import { arrayLiteral, listOf, type Queryable, splitList, type Transaction } from '@ziv/postgres'
import { foldMember } from '../fold-member.ts'
import type { Member } from '../member.ts'
import { loadMemberFacts } from './facts-table.ts'
import { deflateMember, inflateMember, type StoredMember } from './stored-member.ts'

interface MemberList {
  readonly keys?: string | null
  readonly ids: string | null
  readonly members: string | null
  readonly versions: string | null
}

/** The version of the row that a loaded member came from: its `xmin`, which every change of the row changes. */
const versions = new WeakMap<Member, string>()

/** The member in a row of `app_members.persons`, its columns `person_id`, `member` and `xmin`. */
export function memberInRow(personId: string, stored: StoredMember, version: string): Member {
  const member = inflateMember(personId, stored)
  versions.set(member, version)
  return member
}

/** Columns that bring the members of many rows back as one row: a row of its own costs more than its content. */
const memberList = `${listOf('p.person_id')} as ids, ${listOf('p.xmin')} as versions,
  '[' || string_agg(p.member::text, ',') || ']' as members`

function membersOf({ ids, members, versions }: MemberList): Member[] {
  const stored = JSON.parse(members ?? '[]') as readonly StoredMember[]
  const rows = splitList(versions)
  return splitList(ids).map((id, place) => memberInRow(id, stored[place] as StoredMember, rows[place] as string))
}

/** Members by person id, in one query; who is not known is absent. */
export async function loadMembers(q: Queryable, personIds: readonly string[]): Promise<Map<string, Member>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await q.query<MemberList>({
    name: 'members-load',
    text: `select ${memberList} from app_members.persons p where p.person_id = any ($1::uuid[])`,
    values: [arrayLiteral(personIds)],
  })
  return new Map(membersOf(rows[0] as MemberList).map((member) => [member.personId, member]))
}

/** Members by person id as they were known at a moment, folded from the facts; who was not known then has no spells. */
export async function loadMembersKnownAt(
  q: Queryable,
  personIds: readonly string[],
  knownAt: Instant,
): Promise<Map<string, Member>> {
  const facts = await loadMemberFacts(q, personIds, knownAt)
  return new Map(Array.from(facts, ([id, own]) => [id, foldMember(id, own, knownAt)]))
}

// Offset 0: by the keys, whatever the statistics say; other plans read both tables for every chunk.
const byIndexSql = `select ${listOf('i.insz_index')} as keys, ${memberList}
  from unnest($1::text[]) k (insz_index)
 cross join lateral (select * from app_members.identifiers s where s.insz_index = k.insz_index offset 0) i
 cross join lateral (select *, xmin from app_members.persons s where s.person_id = i.person_id offset 0) p`

/**
 * Members by the keyed hash of any number (INSZ) they ever had, in one query. Absent: who is not known, who is erased, and
 * who is known by a replaced number only, because the opening has still to arrive on another topic.
 */
export async function membersByIndex(q: Queryable, indexes: readonly string[]): Promise<Map<string, Member>> {
  if (indexes.length === 0) return new Map()
  const { rows } = await q.query<MemberList>({
    name: 'members-by-index',
    text: byIndexSql,
    values: [arrayLiteral(indexes)],
  })
  const found = rows[0] as MemberList
  const members = membersOf(found)
  const pairs = splitList(found.keys ?? null).map((key, place) => [key, members[place] as Member] as const)
  return new Map(pairs.filter(([, member]) => member.birthDate !== null))
}

/** Which of these members, loaded in the same transaction, changed since; ids of persons. */
export async function changedMembers(q: Queryable, members: readonly Member[]): Promise<readonly string[]> {
  if (members.length === 0) return []
  const { rows } = await q.query<{ readonly ids: string | null }>({
    name: 'members-changed',
    // offset 0: by the key, whatever the statistics say
    text: `select ${listOf('k.person_id')} as ids
             from unnest($1::uuid[], $2::xid[]) k (person_id, version)
             left join lateral (select xmin from app_members.persons s where s.person_id = k.person_id offset 0) p on true
            where p.xmin is null or p.xmin <> k.version`,
    values: [arrayLiteral(members.map((member) => member.personId)), arrayLiteral(members.map(versionOf))],
  })
  return splitList(rows[0]?.ids ?? null)
}

function versionOf(member: Member): string {
  const version = versions.get(member)
  if (version === undefined) throw new Error(`member ${member.personId} was not loaded from its row`)
  return version
}

/** Stores the folds of members beside their facts. */
export async function saveMembers(tx: Transaction, members: readonly Member[]): Promise<void> {
  if (members.length === 0) return
  await tx.query({
    name: 'members-save',
    text: `insert into app_members.persons (person_id, member)
           select * from unnest($1::uuid[], string_to_array($2, e'\\n')::json[])
           on conflict (person_id) do update set member = excluded.member`,
    // one text: an array is quoted and unquoted value by value; JSON as it is written here holds no line ends
    values: [arrayLiteral(members.map((member) => member.personId)), members.map(deflateMember).join('\n')],
  })
}
