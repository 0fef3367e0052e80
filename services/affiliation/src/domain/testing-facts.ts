import { type IsoDate, isoDate, quarterOf } from '@ziv/kernel'
import { loadCapacities, loadLaw } from '@ziv/law'
import type { Evidence } from './evidence.ts'
import { factsOf } from './law-facts.ts'
import type { CapacityRequest, PersonCommandOf } from './person.commands.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import type { PersonFacts } from './person.facts.ts'
import { nobody, type Person } from './person.ts'

/** Facts and events of the decider specs. */
export const day = (text: string): IsoDate => isoDate(text)
export const ids = {
  person: '0199a000-0000-7000-8000-000000000001',
  other: '0199a000-0000-7000-8000-000000000002',
  affiliation: '0199a000-0000-7000-8000-0000000000a1',
  affiliation2: '0199a000-0000-7000-8000-0000000000a2',
  capacity: '0199a000-0000-7000-8000-0000000000c1',
  capacity2: '0199a000-0000-7000-8000-0000000000c2',
  capacity3: '0199a000-0000-7000-8000-0000000000c3',
  evidence: '0199a000-0000-7000-8000-0000000000e1',
}

const funds: Readonly<Record<string, string>> = { '306': '300', '304': '300', '501': '500', '600': '600', '900': '900' }

const law = loadLaw()

/** The facts that the service hands to a decision on a day, by the law itself. */
export const factsOn = (today: string, more: Partial<PersonFacts> = {}): PersonFacts => ({
  ...factsOf(law, { today: () => day(today) }),
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

export const acquired = (kind: string, from = '2026-01-01', more: object = {}): PersonEvent =>
  personEvent('CapacityAcquired', {
    ...{ capacityId: ids.capacity, affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306' },
    ...{ capacity: kind, from: day(from), acquiredOn: day(from), requestedOn: day(from), evidence: [] },
    ...(loadCapacities().at(kind).role === 'dependant' ? { holderPersonId: ids.other } : {}),
    ...more,
  })
export const capacityEnded = (
  kind: string,
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

export const employer: Evidence = { kind: 'employerProof', rszNumber: '102077173', issuedOn: day('2026-03-15') }
export const contract: Evidence = { kind: 'employmentContract', rszNumber: '102077173', startsOn: day('2026-03-15') }

/** Box 5 of an annex 15: it waits for the Immigration Office. */
export const searchYear: Evidence = {
  ...{ kind: 'residenceDocument', document: 'annex15', box: 5 },
  ...{ issuedOn: day('2026-03-01'), modelDate: day('2023-03-01') },
}

/** A decision on a stay; the Immigration Office gives it where nothing else is said. */
export const decided = (decidedOn: string, positive = true, kind = 'immigrationOfficeDecision'): Evidence =>
  ({ kind, decidedOn: day(decidedOn), positive }) as Evidence

/** A residence that was asked with it, and waits. */
export const pending = personEvent('CapacityRequested', {
  ...{ capacityId: ids.capacity, affiliationId: ids.affiliation, capacity: 'RESIDENT', acquiredOn: day('2026-03-01') },
  ...{ insurer: '300', ziekenfonds: '306', requestedOn: day('2026-03-18') },
  ...{ waitingFor: 'immigrationOffice', evidence: numbered(searchYear) },
})

/** What an import of the operator gives of an adult dependant: the record of the earlier system, and an income of nothing. */
export const migrated: Evidence = { kind: 'migratedRecord', source: 'old system' }
export const noIncome = (acquiredOn: IsoDate): Evidence => ({
  ...{ kind: 'incomeProof', quarter: quarterOf(acquiredOn), grossCents: 0, source: 'wageSlips', ownFreeRight: false },
})

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
/** The person after events that are stored under the names 1, 2, 3... */
export const known = (...events: readonly PersonEvent[]): Person =>
  personOf(...events.map((event, n) => ({ ...event, id: String(n + 1) })))
/** A holder insured as employee since 2026. */
export const holder: Person = { ...personOf(registered(), affiliated(), acquired('EMPLOYEE')), personId: ids.other }

/** A child born on 4 May 2026 that is made a dependant with its birth act. */
export const birth = numbered({ kind: 'birthAct', issuedOn: day('2026-05-10') })
export const becomes: PersonCommandOf<'BecomeDependant'> = {
  ...{ type: 'BecomeDependant', capacityId: ids.capacity, affiliationId: ids.affiliation, kind: 'DEPENDANT_CHILD' },
  ...{ acquiredOn: day('2026-05-04'), requestedOn: day('2026-06-01'), evidence: birth },
}
export const child = registered('2026-05-04')
