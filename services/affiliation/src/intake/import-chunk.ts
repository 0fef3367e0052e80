import { isDeepStrictEqual } from 'node:util'
import type { EventMetadata } from '@ziv/event-store'
import { inputTexts } from '@ziv/http'
import type { IsoDate, Rejection } from '@ziv/kernel'
import { Conflict, type Queryable, type Transaction } from '@ziv/postgres'
import { firstEventOf, sealContext } from '../commands/event-ids.ts'
import { identityFacts, type SealedIdentity, sealIdentities } from '../commands/identity.ts'
import { PersonWork } from '../commands/person-work.ts'
import { Refused } from '../commands/refused.ts'
import type { Context } from '../context.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import type { PersonFacts } from '../domain/person.facts.ts'
import type { Person } from '../domain/person.ts'
import { tenantOn } from '../domain/tenant.ts'
import { projectAffiliations } from '../projections/affiliations.ts'
import { claimNumbers } from '../projections/insz-index.ts'
import { commandsOf, isOfDependant, type Member, proofsOf } from './import-commands.ts'
import {
  commandIdOfRow,
  type ImportIssue,
  type MemberImportRow,
  type NumberedRow,
  personIdOfRow,
} from './import-row.ts'

export interface ChunkResult {
  readonly imported: number
  readonly repeated: number
  readonly issues: readonly ImportIssue[]
}

/** The refusal of a number carries the code of its parser, which has a sentence of its own. */
const issueOf = (line: number, { code, params = {} }: Rejection): ImportIssue => ({
  ...{ line, code },
  params: code === 'inszInvalid' ? { reason: inputTexts(String(params.reason)) } : params,
})

const holderOf = (row: MemberImportRow, sender?: string): string | undefined =>
  row.holderPersonId ?? (row.holderRowId === undefined ? undefined : personIdOfRow(row.holderRowId, sender))

function readMembers(
  context: Context,
  rows: readonly NumberedRow[],
  issues: ImportIssue[],
  sender: string | undefined,
): readonly Member[] {
  return rows.flatMap(({ line, row }) => {
    try {
      const facts = identityFacts(row)
      const personId = row.personId ?? personIdOfRow(row.rowId, sender)
      const inszIndex = context.vault.blindIndex('insz', facts.insz)
      const ids = { personId, holderId: holderOf(row, sender), commandId: commandIdOfRow(row.rowId, sender) }
      return [{ line, row, ...ids, facts, inszIndex }]
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

/** A member of another ziekenfonds than the one that sends: its rows reach only its own members and who is nobody's yet. */
function isForeign(person: Person, owner: string | undefined, today: IsoDate): boolean {
  const home = tenantOn(person, today)
  return owner !== undefined && home !== undefined && home.ziekenfonds !== owner
}

/** True when a row that was imported before now says something else: its first content stands, and the sender is told. */
async function differs(
  context: Context,
  work: PersonWork,
  member: Member,
  owner: string | undefined,
): Promise<boolean> {
  const { commandId, personId, facts, inszIndex, row } = member
  const eventId = firstEventOf(commandId, personId)
  const registered = work.doneBefore(commandId, personId)?.[0]?.event
  const joined = (work.doneBefore(`${commandId}/join`, personId) ?? []).map(({ event }) => event)
  const insured = joined.find(({ type }) => type === 'CapacityAcquired' || type === 'CapacityRequested')
  if (registered?.type !== 'PersonRegistered' || insured === undefined) return true
  const { name } = registered.data.identity
  const place = { subjectId: personId, context: sealContext(eventId, 'name'), sealed: name }
  const [opened] = await context.vault.open([place])
  const stored = insured.data as Readonly<Record<string, unknown>>
  const evidence = (stored.evidence as readonly { evidence: unknown }[]).map((proof) => proof.evidence)
  const { lastName, firstNames, capacity, acquiredOn, requestedOn, ziekenfonds } = row
  const { birthDate, sex } = facts
  const before = [registered.data.inszIndex, registered.data.birthDate, registered.data.sex, opened]
  const now = [inszIndex, birthDate, sex, JSON.stringify({ lastName, firstNames })]
  const told = ['capacity', 'acquiredOn', 'requestedOn', 'ziekenfonds'].map((field) => stored[field])
  const asks = [capacity, acquiredOn, requestedOn, ziekenfonds]
  // field by field: the database keeps the fields of a proof in an order of its own
  return !isDeepStrictEqual(
    [before, told, evidence, stored.holderPersonId ?? null],
    [now, asks, proofsOf(row, owner), member.holderId ?? null],
  )
}

async function decideMember(
  tx: Queryable,
  work: PersonWork,
  member: Member,
  identity: SealedIdentity,
  { facts, owner }: { readonly facts: PersonFacts; readonly owner: string | undefined },
): Promise<Rejection | null> {
  const { holderId, personId, row } = member
  const touched = holderId === undefined ? [personId] : [personId, holderId]
  if (touched.some((id) => isForeign(work.person(id), owner, facts.today))) return { code: 'foreignTenant' }
  if (isOfDependant(row) && holderId === undefined) return { code: 'holderNotFound' }
  const undo = work.mark()
  const complete = holderId === undefined ? facts : { ...facts, holder: work.person(holderId) }
  // one command id per row and command, so that the ids of the two never meet
  const [register, join] = commandsOf(member, identity, owner) as [PersonCommand, PersonCommand]
  const rejection =
    (await work.decide(tx, member.commandId, personId, register, facts)) ??
    (await work.decide(tx, `${member.commandId}/join`, personId, join, complete))
  if (rejection) undo()
  return rejection
}

/** Persons who were erased since an earlier import stay erased: nothing can be sealed for them any more. */
async function withoutErased(
  q: Queryable,
  members: readonly Member[],
  issues: ImportIssue[],
): Promise<readonly Member[]> {
  const { rows } = await q.query<{ person_id: string }>({
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

/** A chunk that was read and sealed, so that nothing of it waits for the vault while persons are locked. */
export interface PreparedChunk {
  readonly members: readonly Member[]
  readonly identities: readonly SealedIdentity[]
  readonly issues: readonly ImportIssue[]
  readonly owner: string | undefined
}

/**
 * What of a chunk can be done before its turn. `owner`: the ziekenfonds that sends, only its own members may be touched; absent: the
 * operator, for every ziekenfonds.
 */
export async function prepareChunk(
  context: Context,
  q: Queryable,
  read: readonly NumberedRow[],
  owner: string | undefined,
): Promise<PreparedChunk> {
  const issues: ImportIssue[] = []
  const own: NumberedRow[] = []
  const facts = context.facts()
  for (const one of read) {
    const { ziekenfonds } = one.row
    if (owner === undefined || ziekenfonds === owner) own.push(one)
    else if (facts.insurerOf(ziekenfonds, facts.today) === null) {
      issues.push(issueOf(one.line, { code: 'ziekenfondsUnknown', params: { ziekenfonds } }))
    } else issues.push({ line: one.line, code: 'foreignTenant', params: {} })
  }
  const members = await withoutErased(q, readMembers(context, own, issues, owner), issues)
  const identities = await sealIdentities(
    context.vault,
    members.map((member) => ({
      personId: member.personId,
      eventId: firstEventOf(member.commandId, member.personId),
      insz: member.facts.insz,
      plain: member.row,
    })),
  )
  return { members, identities, issues, owner }
}

/**
 * Registers, affiliates and insures the persons of one chunk in the transaction of the caller, who tries again after a conflict.
 * Rows that were imported before are counted, not repeated.
 */
export async function storeChunk(
  context: Context,
  tx: Transaction,
  prepared: PreparedChunk,
  metadata: EventMetadata,
): Promise<ChunkResult> {
  const { members, identities, owner } = prepared
  const issues = [...prepared.issues]
  // a clerk shows the proofs, as one by one
  const facts: PersonFacts = { ...context.facts(), acceptsMigratedRecords: owner === undefined }
  const work = new PersonWork(context, { ...metadata, law: context.law.version })
  await work.ensure(
    tx,
    members.flatMap(({ personId, holderId }) => (holderId === undefined ? [personId] : [personId, holderId])),
  )
  const taken = await takenNumbers(tx, members)
  let repeated = 0
  const accepted: Member[] = []
  for (const [index, member] of members.entries()) {
    if (work.doneBefore(member.commandId, member.personId) !== undefined) {
      if (await differs(context, work, member, owner))
        issues.push({ line: member.line, code: 'rowDiffers', params: {} })
      else repeated += 1
      continue
    }
    const rejection = taken.has(member)
      ? { code: 'inszAlreadyRegistered' }
      : await decideMember(tx, work, member, identities[index] as SealedIdentity, { facts, owner })
    if (rejection) issues.push(issueOf(member.line, rejection))
    else accepted.push(member)
  }
  const result = { imported: accepted.length, repeated, issues: issues.sort((a, b) => a.line - b.line) }
  const changes = work.changes()
  if (changes.length === 0) return result
  // a rival may have claimed a number since we looked: the whole chunk is then tried again
  const lost = await claimNumbers(tx, accepted)
  if (lost.length > 0) throw new Conflict('another import or clerk claimed a number of this chunk')
  await work.flush(tx)
  await projectAffiliations(tx, changes)
  return result
}
