import { firstDayOfYear, type IsoDate, subtractPeriods, uuidV5, yearOf } from '@ziv/kernel'
import {
  type CapacityFact,
  canProveCapacity,
  capacityOfYear,
  type FactRef,
  firstOpening,
  type Ground,
  type Law,
  type LawDecision,
  type Prolongation,
  prolongation,
  prolongationFromQuarter,
  type Repair,
  referenceYearOf,
  stageMinimum,
  waitingPeriod,
  weakestConfidence,
} from '@ziv/law'
import type { CapacitySpell } from '@ziv/members'
import type { RightDecision, RightGround, RightKind } from './decision.ts'
import type { Dossier } from './facts.ts'
import { type YearState, yearStateOf } from './year-state.ts'

/** What the timeline needs of the law: the parameters, immutable for one fold. */
export interface EntitlementRules {
  readonly law: Law
}

type Draft = Omit<RightDecision, 'decisionId' | 'year'>

function eventIdsOf(grounds: readonly Ground[]): string {
  let ids = ''
  for (const ground of grounds) {
    for (const { eventId } of ground.facts) if (eventId !== undefined) ids += ids === '' ? eventId : `,${eventId}`
  }
  return ids
}

/** What is asked of a person, in whatever order a store gives it back: amounts that no event of the grounds need stand for. */
const asked = (repairs: readonly Repair[]): string =>
  repairs.map(({ kind, params }) => `|${kind}${Object.entries(params).sort().join(' ')}`).join('')

/** Gives a decision the id that its content determines. */
export function identified(personId: string, draft: Draft): RightDecision {
  const { kind, outcome, from, to, capacity, ground, grounds, repairs, confidence } = draft
  const name = `${personId}|${kind}|${outcome}|${from}|${to}|${capacity}|${ground}|${eventIdsOf(grounds)}${asked(repairs)}`
  const year = yearOf(from)
  return { decisionId: uuidV5(name), year, kind, outcome, from, to, capacity, ground, grounds, repairs, confidence }
}

const withFact = (grounds: readonly Ground[], fact: FactRef): Ground[] =>
  grounds.map((ground, index) => (index === 0 ? { ...ground, facts: [...ground.facts, fact] } : ground))

const draftOf = (
  decision: LawDecision<{ from: IsoDate; to: IsoDate }>,
  kind: RightKind,
  capacity: string,
  ground: RightGround,
): Draft => ({
  kind,
  capacity,
  ground,
  outcome: decision.outcome,
  from: decision.result.from,
  to: decision.result.to,
  grounds: decision.grounds,
  repairs: decision.repairs,
  confidence: decision.confidence,
})

/** A capacity that opens the right. */
export interface AcquiredCapacity {
  readonly spell: CapacitySpell
  /** First day that it adds; later than its own while an earlier opening runs. */
  readonly opensFrom: IsoDate
  /** The capacity before it; null for the first. */
  readonly previous: CapacitySpell | null
}

/**
 * Opening of the right by a capacity as holder: the first of a registration (ZIV-besluit art. 129), or acquired anew while the
 * registration stands (art. 131, derogation); both until 31 December of the next year. After a lapse for unpaid personal
 * contributions the stage of art. 130 comes first, as a refusal of its days, and the right only if its own minimum is reached.
 */
export function decideOpening(
  dossier: Dossier,
  { spell, opensFrom, previous }: AcquiredCapacity,
  unpaid: YearState | null,
  rules: EntitlementRules,
): RightDecision[] {
  const stands = unpaid === null && previous !== null && staysMember(dossier, previous.to as IsoDate, spell.from)
  const opening = stands ? prolongationFromQuarter(spell.from, rules.law) : firstOpening(spell.from, rules.law)
  const fact: FactRef = { name: 'capacityFrom', value: spell.from, eventId: spell.factIds[0] as string }
  const draft = {
    ...draftOf(opening, 'opening', spell.capacity, 'opening'),
    grounds: withFact(opening.grounds, fact),
  }
  if (unpaid === null && opensFrom > draft.to) return []
  if (unpaid === null) {
    const grounds = opensLater(draft.grounds, opensFrom)
    return [identified(dossier.personId, { ...draft, from: opensFrom, grounds })]
  }
  const stage = waitingPeriod({ registeredOn: spell.from, unpaid }, rules.law)
  const { from, to, opensOn } = stage.result
  const waiting = draftOf({ ...stage, result: { from, to: to as IsoDate } }, 'opening', spell.capacity, 'opening')
  return [
    identified(dossier.personId, { ...waiting, grounds: withFact(waiting.grounds, fact) }),
    identified(dossier.personId, afterStage(dossier, spell.from, opensOn, draft, rules)),
  ]
}

/** The right after the stage, refused while the minimum of the stage is not reached. */
function afterStage(
  dossier: Dossier,
  registeredOn: IsoDate,
  opensOn: IsoDate,
  opening: Draft,
  { law }: EntitlementRules,
): Draft {
  const years = [...new Set([yearOf(registeredOn), yearOf(opensOn)])].flatMap((year) => {
    return yearStateOf(dossier, year, law) ?? []
  })
  const minimum = stageMinimum({ registeredOn, opensOn, years }, law)
  const { outcome, repairs } = minimum
  const confidence = weakestConfidence([opening.confidence, minimum.confidence])
  const opened = outcome === 'granted' ? opensLater(opening.grounds, opensOn) : []
  return { ...opening, from: opensOn, outcome, repairs, confidence, grounds: [...opened, ...minimum.grounds] }
}

/** Whether a person stays with insurers from one day to another: then the registration stands. */
function staysMember({ affiliations }: Dossier, from: IsoDate, to: IsoDate): boolean {
  const lasting = affiliations.map((spell) => ({ from: spell.from, to: spell.to }))
  return subtractPeriods({ from, to }, lasting).length === 0
}

const opensLater = (grounds: readonly Ground[], opensOn: IsoDate): Ground[] =>
  grounds.map((ground) => ({
    ...ground,
    facts: ground.facts.map((fact) => (fact.name === 'from' ? { ...fact, value: opensOn } : fact)),
  }))

/**
 * The reference year that closed the right in a year for want of personal contributions, null when the year was open or closed
 * for another reason; undefined when there was no capacity that could have opened it.
 */
export function unpaidPersonalYear(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  rules: EntitlementRules,
): YearState | null | undefined {
  const { grounds } = prolong(dossier, spells, year, rules)
  const holds = (rule: string): boolean => grounds.some((ground) => ground.rule === rule && ground.satisfied)
  if (!holds('prolongation.capacity')) return undefined
  const known = yearStateOf(dossier, referenceYearOf(year, rules.law), rules.law)
  return known?.regime === 'personal' && !known.met && known.awaits === undefined ? known : null
}

function prolong(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  { law }: EntitlementRules,
): LawDecision<Prolongation> {
  const known = yearStateOf(dossier, referenceYearOf(year, law), law)
  const caps = spells.map(
    (spell): CapacityFact => ({ from: spell.from, to: spell.to, eventId: spell.factIds.at(-1) as string }),
  )
  if (known === null) return provable(dossier, prolongation({ year, caps, assessment: null }, law), law)
  const { explanation, ...state } = known
  const assessment = explanation === null ? state : { ...state, repairs: explanation.repairs }
  const decided = provable(dossier, prolongation({ year, caps, assessment }, law), law)
  if (explanation === null || explanation.grounds.length === 0) return decided
  const [contributions, ...others] = decided.grounds as readonly [Ground, ...Ground[]]
  return { ...decided, grounds: [contributions, ...explanation.grounds, ...others] }
}

/** Asks for no capacity that the file of the person cannot take any more. */
function provable(dossier: Dossier, decided: LawDecision<Prolongation>, law: Law): LawDecision<Prolongation> {
  const registered = dossier.affiliations
  const repairs = decided.repairs.filter(({ rule, params: { windowFrom: from, windowUntil: to } }) => {
    if (rule !== 'prolongation.capacity') return true
    return canProveCapacity({ ...dossier, registered }, { from: from as IsoDate, to: to as IsoDate }, law)
  })
  return repairs.length === decided.repairs.length ? decided : { ...decided, repairs }
}

/** Whether a year is prolonged, without making a decision of it. */
export const renewalGranted = (
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  rules: EntitlementRules,
): boolean => prolong(dossier, spells, year, rules).outcome === 'granted'

/** Prolongation for a year (ZIV-besluit art. 131). A year without a capacity in it is the right running out. */
export function decideRenewal(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  rules: EntitlementRules,
): RightDecision {
  const firstDay = firstDayOfYear(year)
  const running = capacityOfYear(spells, year, rules.law)
  const last = running ?? (spells.findLast((spell) => spell.from < firstDay) as CapacitySpell)
  const ground = running === undefined ? 'runOut' : 'renewal'
  return identified(dossier.personId, draftOf(prolong(dossier, spells, year, rules), 'renewal', last.capacity, ground))
}
