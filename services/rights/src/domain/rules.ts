import { firstDayOfYear, type IsoDate, lastDayOfYear, uuidV5, yearOf } from '@ziv/kernel'
import {
  type CapacityFact,
  type FactRef,
  firstOpening,
  type Ground,
  type Law,
  type LawDecision,
  type Prolongation,
  prolongation,
} from '@ziv/law'
import type { RightDecision, RightGround, RightKind } from './decision.ts'
import type { CapacitySpell, Dossier } from './facts.ts'
import { referenceYearOf } from './reference-year.ts'

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

/** Gives a decision the id that its content determines. */
export function identified(personId: string, draft: Draft): RightDecision {
  const { kind, outcome, from, to, capacity, ground, grounds, repairs, confidence } = draft
  const name = `${personId}|${kind}|${outcome}|${from}|${to}|${capacity}|${ground}|${eventIdsOf(grounds)}`
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

/** First opening of the right by a capacity as holder (ZIV-besluit art. 129; until 31 December of the next year). */
export function decideOpening(dossier: Dossier, spell: CapacitySpell, rules: EntitlementRules): RightDecision {
  const opening = firstOpening(spell.from, rules.law)
  const fact: FactRef = { name: 'capacityFrom', value: spell.from, eventId: spell.factIds[0] as string }
  return identified(dossier.personId, {
    ...draftOf(opening, 'opening', spell.capacity, 'opening'),
    grounds: withFact(opening.grounds, fact),
  })
}

function prolong(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  { law }: EntitlementRules,
): LawDecision<Prolongation> {
  const known = dossier.assessments.get(referenceYearOf(year, law))
  const caps = spells.map(
    (spell): CapacityFact => ({ from: spell.from, to: spell.to, eventId: spell.factIds.at(-1) as string }),
  )
  return prolongation({ year, caps, assessment: known === undefined ? null : { ...known, eventId: known.id } }, law)
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
  const lastDay = lastDayOfYear(year)
  const running = spells.findLast((spell) => spell.from <= lastDay && (spell.to === null || spell.to >= firstDay))
  const last = running ?? (spells.findLast((spell) => spell.from < firstDay) as CapacitySpell)
  const ground = running === undefined ? 'runOut' : 'renewal'
  return identified(dossier.personId, draftOf(prolong(dossier, spells, year, rules), 'renewal', last.capacity, ground))
}
