import { ageOn, type Cents, type IsoDate } from '@ziv/kernel'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Ground, Law, LawDecision, Repair } from '../types.ts'

/** The kinds of persons who can depend on a holder. */
export type DependantKind = 'DEPENDANT_CHILD' | 'DEPENDANT_SPOUSE' | 'DEPENDANT_COHABITANT' | 'DEPENDANT_ASCENDANT'

export interface DependantFacts {
  readonly kind: DependantKind
  /** Day from which the person would be a dependant. */
  readonly on: IsoDate
  readonly birthDate: IsoDate
  /** Gross professional and replacement income of the quarter, in cents. */
  readonly quarterlyIncomeCents: Cents
  /** A free right of one's own, as pensioner, unemployed or sufficient worker, blocks the quality. */
  readonly freeOwnRight: boolean
  /** Adult partners already dependent on the holder: a spouse or a cohabitant. */
  readonly dependantPartners?: number
  /** A spouse who is a holder lives with the holder; blocks a cohabitant. */
  readonly holderSpouseAtHome?: boolean
}

type Check = { ground: Ground; repair?: Repair }

/**
 * Whether a person can be a dependant of a holder (ZIV-besluit art. 123, 124): no free right of one's own; a child under 25, without
 * income test (RIZIV); others under the quarterly ceiling; at most one adult partner. Cents gross per quarter.
 */
export function dependantAdmission(facts: DependantFacts, law: Law): LawDecision<{ kind: DependantKind }> {
  const checks = [ownRight(facts), age(facts, law), income(facts, law), partners(facts, law)].filter(
    (check): check is Check => check !== undefined,
  )
  const granted = checks.every((check) => check.ground.satisfied)
  const repairs = checks.flatMap((check) => (check.ground.satisfied || !check.repair ? [] : [check.repair]))
  const grounds = checks.map((check) => check.ground)
  return decision(granted ? 'granted' : 'refused', { kind: facts.kind }, grounds, repairs)
}

function ownRight(facts: DependantFacts): Check {
  return { ground: ground('dependant.ownRight', !facts.freeOwnRight, [fact('freeOwnRight', facts.freeOwnRight)]) }
}

function age(facts: DependantFacts, law: Law): Check | undefined {
  if (facts.kind !== 'DEPENDANT_CHILD') return undefined
  const limit = law.at<number>('affiliation/child-age-limit', facts.on)
  const years = ageOn(facts.birthDate, facts.on)
  const used = [fact('birthDate', facts.birthDate), fact('ageAtStart', years), fact('ageLimit', limit.value)]
  return { ground: ground('dependant.age', years < limit.value, used, [cite(limit)]) }
}

function income(facts: DependantFacts, law: Law): Check | undefined {
  const test = law.at<Record<DependantKind, 'none' | 'ceiling'>>('affiliation/dependant-income-test', facts.on)
  if (test.value[facts.kind] === 'none') return undefined
  const rule = 'dependant.income'
  const ceiling = law.at<Cents>('affiliation/dependant-income-ceiling', facts.on)
  const incomeCents = facts.quarterlyIncomeCents
  const used = [fact('incomeCents', incomeCents), fact('ceilingCents', ceiling.value)]
  const params = { excessCents: incomeCents - ceiling.value, ceilingCents: ceiling.value }
  return {
    ground: ground(rule, incomeCents <= ceiling.value, used, [cite(ceiling), cite(test, facts.kind)]),
    repair: { rule, kind: 'lowerIncome', params },
  }
}

function partners(facts: DependantFacts, law: Law): Check | undefined {
  const cohabitant = facts.kind === 'DEPENDANT_COHABITANT'
  if (!cohabitant && facts.kind !== 'DEPENDANT_SPOUSE') return undefined
  const rule = 'dependant.onePartner'
  const limit = law.at<number>('affiliation/dependant-partners', facts.on)
  const already = facts.dependantPartners ?? 0
  const blocked = cohabitant && facts.holderSpouseAtHome === true
  const used = [fact('dependantPartners', already), fact('holderSpouseAtHome', facts.holderSpouseAtHome ?? false)]
  const repair = { rule, kind: blocked ? 'holderSpouseLeaves' : 'endOtherPartner', params: {} }
  return { ground: ground(rule, already < limit.value && !blocked, used, [cite(limit)]), repair }
}
