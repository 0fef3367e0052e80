import { ageOn, type Cents, type IsoDate } from '@ziv/kernel'
import { capacityRule } from '../capacities/rule.ts'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Ground, Law, LawDecision, Repair } from '../types.ts'
import { childAgeLimit } from './dependant-right.ts'

export interface DependantFacts {
  /** Code of a capacity of dependants. */
  readonly kind: string
  /** Day from which the person would be a dependant. */
  readonly on: IsoDate
  readonly birthDate: IsoDate
  /** Gross professional and replacement income of the quarter, in cents; absent where nobody knows it. */
  readonly quarterlyIncomeCents?: Cents
  /** Codes of the capacities of one's own on that day: one whose right costs nothing blocks the quality. */
  readonly ownCapacities?: readonly string[]
  /** A free right of one's own that is proven otherwise, at another insurer or in another scheme. */
  readonly freeOwnRight: boolean
  /** Adult partners already dependent on the holder: a spouse or a cohabitant. */
  readonly dependantPartners: number
  /** The partner lives with the holder without being married. */
  readonly cohabiting?: boolean
  /** A spouse who is a holder lives with the holder, which blocks a cohabitant; absent where nobody said it. */
  readonly holderSpouseAtHome?: boolean
}

type Check = { ground: Ground; repair?: Repair }

/**
 * Whether a person can be a dependant of a holder (ZIV-besluit art. 123, 124): no free right of one's own; a child under 25, without
 * income test (RIZIV); others under the quarterly ceiling, which an income that nobody knows does not show; at most one adult partner.
 * Cents gross per quarter.
 */
export function dependantAdmission(facts: DependantFacts, law: Law): LawDecision<{ kind: string }> {
  const checks = [ownRight(facts, law), age(facts, law), income(facts, law), partners(facts, law)].filter(
    (check): check is Check => check !== undefined,
  )
  const granted = checks.every((check) => check.ground.satisfied)
  const repairs = checks.flatMap((check) => (check.ground.satisfied || !check.repair ? [] : [check.repair]))
  const grounds = checks.map((check) => check.ground)
  return decision(granted ? 'granted' : 'refused', { kind: facts.kind }, grounds, repairs)
}

function ownRight({ ownCapacities = [], freeOwnRight, on }: DependantFacts, law: Law): Check {
  const rules = ownCapacities.map((code) => ({ code, rule: capacityRule(law, code, 'freeOwnRight', on) }))
  const free = rules.filter(({ rule }) => rule.value === 'free')
  const blocked = freeOwnRight || free.length > 0
  const used = [fact('freeOwnRight', blocked), ...free.map(({ code }) => fact('capacity', code))]
  const read = (free.length > 0 ? free : rules).map(({ rule }) => cite(rule))
  return { ground: ground('dependant.ownRight', !blocked, used, read) }
}

function age(facts: DependantFacts, law: Law): Check | undefined {
  const end = capacityRule(law, facts.kind, 'end', facts.on)
  if (end.value !== 'childAgeLimit') return undefined
  const limit = childAgeLimit(law, facts.on)
  const years = ageOn(facts.birthDate, facts.on)
  const used = [fact('birthDate', facts.birthDate), fact('ageAtStart', years), fact('ageLimit', limit.value)]
  return { ground: ground('dependant.age', years < limit.value, used, [cite(limit), cite(end)]) }
}

function income(facts: DependantFacts, law: Law): Check | undefined {
  const test = capacityRule(law, facts.kind, 'income', facts.on)
  const incomeCents = facts.quarterlyIncomeCents
  if (test.value === 'noTest') return undefined
  const rule = 'dependant.income'
  const ceiling = law.at<Cents>('affiliation/dependant-income-ceiling', facts.on)
  const used = [fact('incomeCents', incomeCents ?? null), fact('ceilingCents', ceiling.value)]
  const read = [cite(ceiling), cite(test)]
  if (incomeCents === undefined) {
    const repair = { rule, kind: 'proveQuarterIncome', params: { ceilingCents: ceiling.value } }
    return { ground: ground(rule, false, used, read), repair }
  }
  const params = { excessCents: incomeCents - ceiling.value, ceilingCents: ceiling.value }
  return {
    ground: ground(rule, incomeCents <= ceiling.value, used, read),
    repair: { rule, kind: 'lowerIncome', params },
  }
}

/** Partners who can depend on one holder at a time. */
export const partnersAtOnce = (law: Law, day: IsoDate) => law.at<number>('affiliation/dependant-partners', day)

function partners(facts: DependantFacts, law: Law): Check | undefined {
  const partner = capacityRule(law, facts.kind, 'partner', facts.on)
  if (partner.value === 'noPartner') return undefined
  const cohabitant = partner.value === 'cohabitant' || facts.cohabiting === true
  const rule = 'dependant.onePartner'
  const limit = partnersAtOnce(law, facts.on)
  const already = facts.dependantPartners
  // a spouse at home excludes a cohabitant, so that it has to be known that there is none
  const blocked = cohabitant && facts.holderSpouseAtHome !== false
  const atHome = facts.holderSpouseAtHome
  const used = [
    fact('dependantPartners', already),
    ...(atHome === undefined ? [] : [fact('holderSpouseAtHome', atHome)]),
  ]
  const ofSpouse = atHome === undefined ? 'tellHolderSpouse' : 'holderSpouseLeaves'
  const repair = { rule, kind: blocked ? ofSpouse : 'endOtherPartner', params: {} }
  return { ground: ground(rule, already < limit.value && !blocked, used, [cite(limit), cite(partner)]), repair }
}
