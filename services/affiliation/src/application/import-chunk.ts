import type { EventMetadata } from '@ziv/event-store'
import { type Rejection, uuidV5 } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import { isDependantKind } from '../domain/capacities.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import type { PersonFacts } from '../domain/person.facts.ts'
import { projectAffiliations } from '../projections/affiliations.ts'
import { claimNumbers } from '../projections/insz-index.ts'
import type { Context } from './context.ts'
import { eventIdOf } from './event-ids.ts'
import { type IdentityFacts, identityFacts, type SealedIdentity, sealIdentities } from './identity.ts'
import { commandIdOfRow, type ImportIssue, type MemberImportRow, personIdOfRow } from './import-row.ts'
import { PersonWork } from './person-work.ts'
import { Refused } from './refused.ts'

export interface NumberedRow {
  readonly line: number
  readonly row: MemberImportRow
}

interface Member extends NumberedRow {
  readonly personId: string
  readonly holderId: string | undefined
  readonly commandId: string
  readonly facts: IdentityFacts
  readonly inszIndex: string
}

export interface ChunkResult {
  readonly imported: number
  readonly repeated: number
  readonly issues: readonly ImportIssue[]
}

const issueOf = (line: number, { code, params = {} }: Rejection): ImportIssue => ({ line, code, params })

const holderOf = (row: MemberImportRow): string | undefined =>
  row.holderPersonId ?? (row.holderRowId === undefined ? undefined : personIdOfRow(row.holderRowId))

function readMembers(context: Context, rows: readonly NumberedRow[], issues: ImportIssue[]): readonly Member[] {
  return rows.flatMap(({ line, row }) => {
    try {
      const facts = identityFacts(row)
      const personId = row.personId ?? personIdOfRow(row.rowId)
      const inszIndex = context.vault.blindIndex('insz', facts.insz)
      return [{ line, row, personId, holderId: holderOf(row), commandId: commandIdOfRow(row.rowId), facts, inszIndex }]
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      issues.push(issueOf(line, error.rejection))
      return []
    }
  })
}

/** Numbers that belong to someone else already, in the table or in an earlier row of the chunk. */
async function takenNumbers(q: Queryable, members: readonly Member[]): Promise<ReadonlySet<Member>> {
  const { rows } = await q.query<{ insz_index: string; person_id: string }>({
    name: 'numbers_taken',
    text: 'select insz_index, person_id from app.insz_index where insz_index = any($1::text[])',
    values: [members.map((member) => member.inszIndex)],
  })
  const owners = new Map(rows.map((row) => [row.insz_index, row.person_id]))
  const taken = new Set<Member>()
  for (const member of members) {
    const owner = owners.get(member.inszIndex)
    if (owner !== undefined && owner !== member.personId) taken.add(member)
    else owners.set(member.inszIndex, member.personId)
  }
  return taken
}

function commandsOf(member: Member, identity: SealedIdentity): readonly PersonCommand[] {
  const { row, personId, commandId, facts, inszIndex } = member
  const { bis, birthDate, sex } = facts
  const { acquiredOn, requestedOn, ziekenfonds } = row
  const affiliationId = uuidV5(`${commandId}/affiliation`)
  const capacityId = uuidV5(`${commandId}/capacity`)
  const proofs = row.evidence ?? [{ kind: 'migratedRecord', source: 'memberImport' } as const]
  const evidence = proofs.map((proof, index) => ({
    evidenceId: uuidV5(`${commandId}/evidence/${index}`),
    evidence: proof,
  }))
  const register: PersonCommand = { type: 'RegisterPerson', personId, inszIndex, bis, birthDate, sex, identity }
  if (isDependantKind(row.capacity)) {
    const depend: PersonCommand = {
      ...{ type: 'BecomeDependant', capacityId, affiliationId, kind: row.capacity, acquiredOn, requestedOn, evidence },
      ...(row.relation ? { relation: row.relation } : {}),
      ...(row.partnership ? { partnership: row.partnership } : {}),
    }
    return [register, depend]
  }
  const capacity = { capacityId, kind: row.capacity, acquiredOn, requestedOn, evidence }
  return [register, { type: 'Affiliate', affiliationId, ziekenfonds, requestedOn, capacity }]
}

async function decideMember(
  tx: Queryable,
  work: PersonWork,
  member: Member,
  identity: SealedIdentity,
  facts: PersonFacts,
): Promise<Rejection | null> {
  const { holderId, personId, row } = member
  if (isDependantKind(row.capacity) && holderId === undefined) return { code: 'holderNotFound' }
  const undo = work.mark(holderId === undefined ? [personId] : [personId, holderId])
  const complete = holderId === undefined ? facts : { ...facts, holder: work.person(holderId) }
  // one command id per row and command, so that the ids of the two never meet
  const [register, join] = commandsOf(member, identity) as [PersonCommand, PersonCommand]
  const rejection =
    (await work.decide(tx, member.commandId, personId, register, facts)) ??
    (await work.decide(tx, `${member.commandId}/join`, personId, join, complete))
  if (rejection) undo()
  return rejection
}

/** Persons who were erased since an earlier import stay erased: nothing can be sealed for them any more. */
async function withoutErased(
  context: Context,
  members: readonly Member[],
  issues: ImportIssue[],
): Promise<readonly Member[]> {
  const { rows } = await context.database.query<{ person_id: string }>({
    name: 'erased_among',
    text: 'select person_id from app.erasures where person_id = any($1::uuid[])',
    values: [members.map((member) => member.personId)],
  })
  if (rows.length === 0) return members
  const erased = new Set(rows.map((row) => row.person_id))
  return members.filter((member) => {
    if (!erased.has(member.personId)) return true
    issues.push({ line: member.line, code: 'personErased', params: {} })
    return false
  })
}

/** Registers, affiliates and insures the persons of one chunk in one transaction. Rows that were imported before are counted, not repeated. */
export async function importChunk(
  context: Context,
  rows: readonly NumberedRow[],
  metadata: EventMetadata,
  allowed: (row: MemberImportRow) => boolean,
): Promise<ChunkResult> {
  const issues: ImportIssue[] = []
  const own = rows.filter(({ line, row }) => {
    if (allowed(row)) return true
    issues.push({ line, code: 'foreignTenant', params: {} })
    return false
  })
  const members = await withoutErased(context, readMembers(context, own, issues), issues)
  const identities = await sealIdentities(
    context.vault,
    members.map((member) => ({
      personId: member.personId,
      eventId: eventIdOf(member.commandId, member.personId, 0),
      insz: member.facts.insz,
      plain: member.row,
    })),
  )
  return context.database.transaction((tx) =>
    storeChunk(context, tx, { members, identities, metadata, issues: [...issues] }),
  )
}

interface Prepared {
  readonly members: readonly Member[]
  readonly identities: readonly SealedIdentity[]
  readonly metadata: EventMetadata
  readonly issues: ImportIssue[]
}

async function storeChunk(context: Context, tx: Transaction, prepared: Prepared): Promise<ChunkResult> {
  const { members, identities, metadata, issues } = prepared
  const facts: PersonFacts = { ...context.facts(), acceptsMigratedRecords: true }
  const work = new PersonWork(context.store)
  await work.ensure(
    tx,
    members.flatMap(({ personId, holderId }) => (holderId === undefined ? [personId] : [personId, holderId])),
  )
  const taken = await takenNumbers(tx, members)
  let repeated = 0
  const accepted: Member[] = []
  for (const [index, member] of members.entries()) {
    if (work.wasDone(member.commandId, member.personId)) {
      repeated += 1
      continue
    }
    const rejection = taken.has(member)
      ? { code: 'inszAlreadyRegistered' }
      : await decideMember(tx, work, member, identities[index] as SealedIdentity, facts)
    if (rejection) issues.push(issueOf(member.line, rejection))
    else accepted.push(member)
  }
  const changes = work.changes()
  if (changes.length === 0) return { imported: 0, repeated, issues }
  // a rival may have claimed a number since we looked: the whole chunk is then tried again
  const lost = await claimNumbers(tx, accepted)
  if (lost.length > 0) throw new Refused({ code: 'concurrentChange' })
  const recordedAt = context.clock.now()
  await work.flush(tx, { recordedAt, metadata: { ...metadata, law: context.law.version } })
  await projectAffiliations(tx, changes)
  return { imported: accepted.length, repeated, issues }
}
