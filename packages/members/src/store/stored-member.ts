import type { AffiliationSpell, CapacitySpell, Member, PendingCapacity } from '../member.ts'

type M = Member
type A = AffiliationSpell
type C = CapacitySpell
type P = PendingCapacity

/** A member as it lies in `app_members.persons`: values in a fixed order, no names. */
export type StoredMember = readonly [
  ...person: [M['birthDate'], M['diedOn'], M['diedFactId'], M['erased'], M['withdrawnFrom']],
  affiliations: readonly (readonly [A['id'], A['insurer'], A['ziekenfonds'], A['from'], A['to'], A['factIds']])[],
  capacities: readonly StoredCapacity[],
  pending: readonly StoredPending[],
]

type StoredCapacity = readonly [
  ...what: [C['id'], C['insurer'], C['ziekenfonds'], C['capacity'], C['role'], C['holderPersonId']],
  ...when: [C['from'], C['to'], C['acquiredOn'], C['requestedOn'], C['factIds']],
]

type StoredPending = readonly [
  ...what: [P['id'], P['insurer'], P['ziekenfonds'], P['capacity'], P['role']],
  ...when: [P['acquiredOn'], P['requestedOn'], P['waitingFor'], P['repairsYear'], P['factIds']],
]

/** A member as one JSON value; `inflateMember` is its inverse. */
export const deflateMember = (member: Member): string =>
  JSON.stringify([
    ...[member.birthDate, member.diedOn, member.diedFactId, member.erased, member.withdrawnFrom],
    member.affiliations.map((a) => [a.id, a.insurer, a.ziekenfonds, a.from, a.to, a.factIds]),
    member.capacities.map((c) => [
      ...[c.id, c.insurer, c.ziekenfonds, c.capacity, c.role, c.holderPersonId],
      ...[c.from, c.to, c.acquiredOn, c.requestedOn, c.factIds],
    ]),
    member.pending.map((p) => [
      ...[p.id, p.insurer, p.ziekenfonds, p.capacity, p.role],
      ...[p.acquiredOn, p.requestedOn, p.waitingFor, p.repairsYear, p.factIds],
    ]),
  ])

/** Reads the stored member of a person back. */
export function inflateMember(personId: string, stored: StoredMember): Member {
  const [birthDate, diedOn, diedFactId, erased, withdrawnFrom, affiliations, capacities, pending] = stored
  return {
    personId,
    birthDate,
    diedOn,
    diedFactId,
    erased,
    withdrawnFrom,
    affiliations: affiliations.map(([id, insurer, ziekenfonds, from, to, factIds]) => {
      return { id, insurer, ziekenfonds, from, to, factIds }
    }),
    capacities: capacities.map((c) => ({
      id: c[0],
      insurer: c[1],
      ziekenfonds: c[2],
      capacity: c[3],
      role: c[4],
      holderPersonId: c[5],
      from: c[6],
      to: c[7],
      acquiredOn: c[8],
      requestedOn: c[9],
      factIds: c[10],
    })),
    pending: pending.map((p) => ({
      id: p[0],
      insurer: p[1],
      ziekenfonds: p[2],
      capacity: p[3],
      role: p[4],
      acquiredOn: p[5],
      requestedOn: p[6],
      waitingFor: p[7],
      repairsYear: p[8],
      factIds: p[9],
    })),
  }
}
