import { firstDayOfYear, type IsoDate, lastDayOfYear, uuidV5, yearOf } from '@ziv/kernel'
import {
  type CapacityFact,
  type FactRef,
  firstOpening,
  type Ground,
  type Law,
  type LawDecision,
  prolongation,
} from '@ziv/law'
import type { RightDecision, RightGround, RightKind } from './decision.ts'
import type { CapacitySpell, Dossier } from './facts.ts'

/** What the timeline needs of the law: the parameters, immutable for one fold. */
export interface EntitlementRules {
  readonly law: Law
}

type Draft = Omit<RightDecision, 'decisionId' | 'year'>

const eventIdsOf = (grounds: readonly Ground[]): string =>
  grounds
    .flatMap((ground) => ground.facts.map((fact) => fact.eventId))
    .filter((id) => id !== undefined)
    .join(',')

/** Gives a decision the id that its content determines. */
export function identified(personId: string, draft: Draft): RightDecision {
  const { kind, outcome, from, to, capacity, ground } = draft
  const name = [personId, kind, outcome, from, to, capacity, ground, eventIdsOf(draft.grounds)].join('|')
  return { decisionId: uuidV5(name), year: yearOf(from), ...draft }
}

const withFact = (grounds: readonly Ground[], fact: FactRef): Ground[] =>
  grounds.map((ground, index) => (index === 0 ? { ...ground, facts: [...ground.facts, fact] } : ground))

const draftOf = (
  decision: LawDecision<{ from: IsoDate; to: IsoDate }>,
  about: { kind: RightKind; capacity: string; ground: RightGround },
): Draft => ({
  ...about,
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
    ...draftOf(opening, { kind: 'opening', capacity: spell.capacity, ground: 'opening' }),
    grounds: withFact(opening.grounds, fact),
  })
}

/** Prolongation for a year (ZIV-besluit art. 131). A year without a capacity in it is the right running out. */
export function decideRenewal(
  dossier: Dossier,
  spells: readonly CapacitySpell[],
  year: number,
  rules: EntitlementRules,
): RightDecision {
  const known = dossier.assessments.get(year - 2)
  const caps = spells.map((spell): CapacityFact => {
    const eventId = spell.factIds.at(-1) as string
    return { from: spell.from, to: spell.to, eventId }
  })
  const decision = prolongation(
    { year, caps, assessment: known === undefined ? null : { ...known, eventId: known.id } },
    rules.law,
  )
  const running = spells.findLast(
    (spell) => spell.from <= lastDayOfYear(year) && (spell.to === null || spell.to >= firstDayOfYear(year)),
  )
  const last = spells.findLast((spell) => spell.from < firstDayOfYear(year)) as CapacitySpell
  return identified(
    dossier.personId,
    draftOf(decision, {
      kind: 'renewal',
      capacity: (running ?? last).capacity,
      ground: running === undefined ? 'runOut' : 'renewal',
    }),
  )
}
