import { type IsoDate, minDate } from '@ziv/kernel'
import { deriveSpells } from './derive-spells.ts'
import type { correctionReasons } from './person.events.ts'
import { type PersonEvent, type PersonEventOf, personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Affiliation, type Capacity, homeOf, type Person, type Span } from './person.ts'

type Reason = (typeof correctionReasons)[number]

/** What changed claims lead to: the person with the days that count now, and the events that tell the difference. */
export interface Settled {
  readonly before: Person
  readonly person: Person
  readonly events: readonly PersonEvent[]
}

/**
 * Derives the days of changed claims and tells what differs from what was told: ends first, then affiliations, then what begins. With
 * a reason it is a correction, and every change names the events it corrects; without, an end is an end and only days that were told
 * otherwise before are corrected.
 */
export function settle(before: Person, claimed: Person, facts: PersonFacts, because?: Reason): Settled {
  const person = deriveSpells(claimed, facts)
  const told = new Map(before.capacities.map((entry) => [entry.capacityId, entry]))
  const frame = { before, person, facts, because }
  const changes = person.capacities.map((entry) => capacityChange(told.get(entry.capacityId), entry, frame))
  const kept = new Set(person.capacities.map((entry) => entry.capacityId))
  const dropped = before.capacities.filter((entry) => !kept.has(entry.capacityId))
  const events = [
    ...dropped.flatMap((entry) => withdrawal(entry, before, because)),
    ...changes.flatMap(({ ends }) => ends),
    ...affiliationChanges(before, person, facts.today, because),
    ...changes.flatMap(({ begins }) => begins),
  ]
  return { before, person, events }
}

interface Frame {
  readonly facts: PersonFacts
  readonly before: Person
  readonly person: Person
  readonly because: Reason | undefined
}
interface CapacityChange {
  readonly ends: readonly PersonEvent[]
  readonly begins: readonly PersonEvent[]
}
const nothing: CapacityChange = { ends: [], begins: [] }

const memberOf = ({ insurer, ziekenfonds }: Affiliation) => ({ insurer, ziekenfonds })

function withdrawal(entry: Capacity, person: Person, because: Reason | undefined, more: object = {}): PersonEvent[] {
  const { capacityId, capacity, eventIds: corrects } = entry
  const common = { capacityId, ...memberOf(homeOf(person, entry)), capacity, corrects: [...corrects] }
  const reason = because ?? 'consequence'
  return [personEvent('CapacityWithdrawn', { ...common, because: reason, ...more })]
}

const sameSpan = (a: Span | null, b: Span | null): boolean => a?.from === b?.from && a?.to === b?.to

/** A claim without a day; the days that the holder gives are told with it, because they decide when it comes back. */
function displacement(was: Capacity, entry: Capacity, { before, because }: Frame): CapacityChange {
  const held = sameSpan(was.holderSpan, entry.holderSpan) ? {} : { holderSpan: entry.holderSpan }
  if (was.status === 'displaced' && !('holderSpan' in held)) return nothing
  return { ends: withdrawal(was, before, because, { displaced: true, ...held }), begins: [] }
}

/**
 * An end that the holder gave before and gives no more, or on another day. It is told also where something else holds the days: once that
 * is undone too, they end where the holder ends them now. A first end needs no word, as whoever put right days behind it is told of it.
 */
const holderEndMoved = (was: Capacity, { holderSpan }: Capacity): boolean =>
  was.holderSpan !== null && was.holderSpan.to !== null && holderSpan !== null && holderSpan.to !== was.holderSpan.to

/** What ended a capacity, when nobody told its end. */
function endedBy({ to, endedOn, holderSpan }: Capacity, home: Affiliation) {
  if (to === endedOn) return {}
  if (to === holderSpan?.to) return { endedBy: 'holder' as const }
  return to === home.to ? { endedBy: 'affiliation' as const } : { endedBy: null }
}

function endOf(entry: Capacity, { person, facts }: Pick<Frame, 'person' | 'facts'>, to: IsoDate): PersonEvent {
  const home = homeOf(person, entry)
  const { capacityId, capacity } = entry
  const cause = endedBy(entry, home)
  const byAge = facts.lastDayOf({ ...entry, to: null }, person.birthDate) === to
  const byRule = byAge ? 'age' : 'otherCapacity'
  const told = cause.endedBy === undefined ? {} : { endedBy: cause.endedBy ?? byRule }
  return personEvent('CapacityEnded', {
    capacityId,
    ...memberOf(home),
    capacity,
    to,
    ...told,
  } as PersonEventOf<'CapacityEnded'>['data'])
}

function correctionOf(entry: Capacity, eventIds: readonly string[], frame: Frame): PersonEvent {
  const { capacityId, affiliationId, capacity, acquiredOn, requestedOn, ruleStart, endedOn, holderSpan } = entry
  const { from, to, holderPersonId } = entry
  if (from === null || ruleStart === null) throw new Error(`capacity ${capacityId} has no day and is corrected`)
  return personEvent('CapacityCorrected', {
    ...{
      capacityId,
      affiliationId,
      ...memberOf(homeOf(frame.person, entry)),
      capacity,
      from,
      to,
      acquiredOn,
      requestedOn,
    },
    ...(holderPersonId === null ? {} : { holderPersonId }),
    ...{ ruleStart, endedOn, holderSpan, because: frame.because ?? 'consequence', corrects: [...eventIds] },
  })
}

function acquisitionOf(entry: Capacity, was: Capacity | undefined, frame: Frame): readonly PersonEvent[] {
  const { person } = frame
  const { capacityId, affiliationId, capacity, acquiredOn, requestedOn, from, to, ruleStart } = entry
  const { holderPersonId, holderSpan, repairsYear, relation, partnership } = entry
  if (from === null) return []
  const acquired = personEvent('CapacityAcquired', {
    ...{ capacityId, affiliationId, ...memberOf(homeOf(person, entry)), capacity, from, acquiredOn, requestedOn },
    ...(holderPersonId === null ? {} : { holderPersonId }),
    ...(holderSpan === null || holderSpan.from === from ? {} : { holderFrom: holderSpan.from }),
    ...(holderSpan === null || holderSpan.to === null ? {} : { holderTo: holderSpan.to }),
    ...(ruleStart === null || ruleStart === from ? {} : { ruleStart }),
    ...(relation === null ? {} : { relation }),
    ...(partnership === null ? {} : { partnership }),
    ...(repairsYear === null ? {} : { repairsYear }),
    evidence: entry.proofs
      .filter((proof) => !was?.proofs.includes(proof))
      .map(({ evidenceId, evidence }) => ({ evidenceId, evidence })),
  })
  return to === null ? [acquired] : [acquired, endOf(entry, frame, to)]
}

function pendingChange(was: Capacity | undefined, entry: Capacity, { person }: Frame): CapacityChange {
  if (was?.status === entry.status) return nothing
  const { capacityId, capacity } = entry
  const home = homeOf(person, entry)
  if (entry.status === 'refused') {
    const decidedOn = home.to as IsoDate
    const data = { capacityId, ...memberOf(home), capacity, decidedOn, affiliationEnded: true } as const
    return { ends: [personEvent('CapacityRefused', data)], begins: [] }
  }
  return { ends: [], begins: [requestOf(entry, home)] }
}

/** What is told of a capacity that waits, with every proof it has. */
export function requestOf(entry: Capacity, home: Affiliation): PersonEvent {
  const { capacityId, affiliationId, capacity, acquiredOn, requestedOn, waitingFor } = entry
  if (waitingFor === null) throw new Error(`capacity ${capacityId} is pending and waits for nobody`)
  return personEvent('CapacityRequested', {
    ...{ capacityId, affiliationId, capacity, acquiredOn, requestedOn },
    ...(entry.repairsYear === null ? {} : { repairsYear: entry.repairsYear }),
    ...{ ...memberOf(home), waitingFor },
    evidence: entry.proofs.map((proof) => ({ evidenceId: proof.evidenceId, evidence: proof.evidence })),
  })
}

function capacityChange(was: Capacity | undefined, entry: Capacity, frame: Frame): CapacityChange {
  if (entry.verdict === 'pending') return pendingChange(was, entry, frame)
  if (entry.verdict === 'refused') return nothing
  if (was?.verdict !== 'acquired') return { ends: [], begins: acquisitionOf(entry, was, frame) }
  if (entry.status === 'displaced') return displacement(was, entry, frame)
  const { from, to } = entry
  const sameClaim = was.acquiredOn === entry.acquiredOn && was.requestedOn === entry.requestedOn
  if (was.from === from && was.to === to && sameClaim && !holderEndMoved(was, entry)) return nothing
  const shorter = was.from === from && to !== null && (was.to === null || to < was.to)
  if (shorter && sameClaim && frame.because === undefined) return { ends: [endOf(entry, frame, to)], begins: [] }
  return { ends: [], begins: [correctionOf(entry, was.eventIds, frame)] }
}

/**
 * Of an affiliation that loses days which were told: others took the person for insured by them until today, in the run-out of the
 * right too. Care may have been paid on that, of which nothing is known here.
 */
function toldUntil(was: Affiliation, now: Affiliation | null, today: IsoDate): { readonly toldUntil?: IsoDate } {
  const told = was.to === null ? today : minDate(was.to, today)
  const counts = now !== null && (now.to === null || now.to >= told)
  return counts || told < was.from ? {} : { toldUntil: today }
}

function affiliationChanges(
  before: Person,
  person: Person,
  today: IsoDate,
  because: Reason | undefined,
): readonly PersonEvent[] {
  const told = new Map(before.affiliations.map((entry) => [entry.affiliationId, entry]))
  const kept = new Set(person.affiliations.map((entry) => entry.affiliationId))
  const reason = because ?? 'consequence'
  const dropped = before.affiliations
    .filter((entry) => !kept.has(entry.affiliationId))
    .map((entry) => {
      const { affiliationId, eventIds } = entry
      return personEvent('AffiliationWithdrawn', {
        affiliationId,
        ...memberOf(entry),
        because: reason,
        corrects: [...eventIds],
        ...toldUntil(entry, null, today),
      })
    })
  return [
    ...dropped,
    ...person.affiliations.flatMap((entry) => affiliationChange(told.get(entry.affiliationId), entry, today, because)),
  ]
}

function closing(
  entry: Affiliation,
  to: IsoDate,
  reason: NonNullable<Affiliation['reason']>,
  lost: { readonly toldUntil?: IsoDate } = {},
): PersonEvent {
  const { affiliationId, followsHolder } = entry
  const follows = followsHolder && reason === 'departure' ? { followsHolder: true as const } : {}
  return personEvent('AffiliationClosed', { affiliationId, ...memberOf(entry), to, reason, ...follows, ...lost })
}

function affiliationChange(
  was: Affiliation | undefined,
  entry: Affiliation,
  today: IsoDate,
  because: Reason | undefined,
): PersonEvent[] {
  const { affiliationId, from, to, reason, claimedFrom, leftOn, followsHolder, requestedOn } = entry
  const member = memberOf(entry)
  if (!was) {
    const asked = claimedFrom === from ? {} : { claimedFrom }
    const opened = personEvent('AffiliationOpened', { affiliationId, ...member, from, requestedOn, ...asked })
    // one that comes back may have its end already
    return to === null || reason === null ? [opened] : [opened, closing(entry, to, reason)]
  }
  if (was.from === from && was.to === to && was.reason === reason && was.leftOn === leftOn) return []
  const shorter = was.from === from && to !== null && reason !== null && (was.to === null || to < was.to)
  if (shorter && because === undefined) {
    return [closing(entry, to, reason, toldUntil(was, entry, today))]
  }
  const whole = { affiliationId, ...member, from, to, reason, claimedFrom, leftOn, followsHolder }
  return [
    personEvent('AffiliationCorrected', {
      ...whole,
      because: because ?? 'consequence',
      corrects: [...was.eventIds],
      ...toldUntil(was, entry, today),
    }),
  ]
}
