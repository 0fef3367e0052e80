import { addDays, addYears, type IsoDate, isoDate, lastDayOfYear, quarterOf, quarterStart, yearOf } from '@ziv/kernel'
import type { CapacityKind } from './capacities.ts'
import type { Evidence } from './evidence.ts'
import type { CapacityRequest, PersonCommandOf } from './person.commands.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import type { BoxEffect, PersonFacts } from './person.facts.ts'
import { nobody, type Person } from './person.ts'

/** Facts and events of the decider specs; the law they use is a small copy, the real one is proven in its own package. */
export const day = (text: string): IsoDate => isoDate(text)
export const ids = {
  person: '0199a000-0000-7000-8000-000000000001',
  other: '0199a000-0000-7000-8000-000000000002',
  affiliation: '0199a000-0000-7000-8000-0000000000a1',
  affiliation2: '0199a000-0000-7000-8000-0000000000a2',
  capacity: '0199a000-0000-7000-8000-0000000000c1',
  capacity2: '0199a000-0000-7000-8000-0000000000c2',
  evidence: '0199a000-0000-7000-8000-0000000000e1',
}

const boxes: Readonly<Record<number, BoxEffect>> = {
  3: 'refused',
  5: 'awaitsImmigrationOffice',
  6: 'awaitsImmigrationOffice',
  7: 'refused',
  8: 'refused',
  9: 'needsSupport',
}
const funds: Readonly<Record<string, string>> = { '306': '300', '501': '500', '600': '600', '900': '900' }

function startOf(kind: CapacityKind, acquiredOn: IsoDate, requestedOn: IsoDate): IsoDate {
  if (kind.startsWith('DEPENDANT')) return acquiredOn
  const late = kind === 'STUDENT' || kind === 'RESIDENT'
  return quarterStart(quarterOf(late && requestedOn > acquiredOn ? requestedOn : acquiredOn))
}

export const factsOn = (today: string, more: Partial<PersonFacts> = {}): PersonFacts => ({
  today: day(today),
  firstDay: day('1945-01-01'),
  lastDayOfRunOut: (endedOn) => lastDayOfYear(yearOf(endedOn) + 1),
  monthsBeforeFreeChoice: () => 3,
  proofRules: () => ({ attestMonths: 12, shortCardMonths: 6 }),
  freeOwnRight: (kind) => kind === 'EMPLOYEE',
  startOfInsurance: startOf,
  insurerOf: (ziekenfonds) => funds[ziekenfonds] ?? null,
  annex15Box: (box, modelDate) => (modelDate < '2023-01-24' ? 'needsProtectionDecision' : (boxes[box] ?? 'accepted')),
  childAgeLimit: () => 25,
  lastDayAsChild: (birthDate) => addDays(addYears(birthDate, 25), -1),
  dependantIncomeCeiling: () => 298_926,
  ...more,
})
export const facts = factsOn('2026-03-20')

const box = { $sealed: 'v1:k:n:c' }
export const registered = (birthDate = '1985-07-30'): PersonEvent =>
  personEvent('PersonRegistered', {
    ...{ personId: ids.person, inszIndex: 'index-1', bis: false, birthDate: day(birthDate), sex: 'F' },
    identity: { insz: box, name: box },
  })
export const affiliated = (from = '2026-01-01', ziekenfonds = '306', affiliationId = ids.affiliation): PersonEvent =>
  personEvent('AffiliationOpened', {
    ...{ affiliationId, insurer: funds[ziekenfonds] as string, ziekenfonds },
    ...{ from: day(from), requestedOn: day(from) },
  })
export const closed = (to: string, affiliationId = ids.affiliation, followsHolder = false): PersonEvent =>
  personEvent('AffiliationClosed', {
    ...(followsHolder ? { followsHolder } : {}),
    affiliationId,
    insurer: '300',
    ziekenfonds: '306',
    to: day(to),
    reason: 'departure',
  })

export const numbered = (...proofs: readonly Evidence[]): CapacityRequest['evidence'] =>
  proofs.map((evidence) => ({ evidenceId: ids.evidence, evidence }))

export const acquired = (kind: CapacityKind, from = '2026-01-01', more: object = {}): PersonEvent =>
  personEvent('CapacityAcquired', {
    ...{ capacityId: ids.capacity, affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306' },
    ...{ capacity: kind, from: day(from), acquiredOn: day(from), requestedOn: day(from), evidence: [] },
    ...more,
  })
export const capacityEnded = (
  kind: CapacityKind,
  to: string,
  endedBy?: 'affiliation' | 'holder' | 'otherCapacity' | 'age',
): PersonEvent =>
  personEvent('CapacityEnded', {
    ...(endedBy ? { endedBy } : {}),
    capacityId: ids.capacity,
    insurer: '300',
    ziekenfonds: '306',
    capacity: kind,
    to: day(to),
  })
export const died = (on: string): PersonEvent => personEvent('PersonDied', { diedOn: day(on) })
export const erased: PersonEvent = personEvent('PersonErased', { reason: 'retentionEnded' })

export const employer: Evidence = { kind: 'employerProof', rszNumber: '010207712', issuedOn: day('2026-03-15') }
export const contract: Evidence = { kind: 'employmentContract', rszNumber: '010207712', startsOn: day('2026-03-15') }

export const request = (kind: CapacityRequest['kind'], more: Partial<CapacityRequest> = {}): CapacityRequest => ({
  ...{ capacityId: ids.capacity, kind, acquiredOn: day('2026-03-15'), requestedOn: day('2026-03-18') },
  evidence: numbered(employer),
  ...more,
})
export const affiliate = (more: object = {}): PersonCommandOf<'Affiliate'> => ({
  ...{ type: 'Affiliate', affiliationId: ids.affiliation, ziekenfonds: '306', requestedOn: day('2026-03-18') },
  ...more,
})

export const personOf = (...events: readonly PersonEvent[]): Person => events.reduce(evolvePerson, nobody)
/** A holder insured as employee since 2026. */
export const holder: Person = { ...personOf(registered(), affiliated(), acquired('EMPLOYEE')), personId: ids.other }
