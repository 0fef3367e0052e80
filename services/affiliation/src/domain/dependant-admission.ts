import { type Cents, type IsoDate, maxDate } from '@ziv/kernel'
import { COHABITATION_PROOF, spouseTold } from '@ziv/law'
import { isDependant } from './capacities.ts'
import { type PersonDecision, refuse } from './decision.ts'
import { type Evidence, proofsOfKind } from './evidence.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Capacity, coversDay, type Dependant, type Person } from './person.ts'

/** The quality of dependant that is claimed: the capacity, how the two belong together, and its first day. */
export interface AdmissionClaim extends Pick<Capacity, 'capacityId' | 'capacity' | 'partnership'> {
  readonly on: IsoDate
  /** Last day on which the holder can give it; null or absent while no end of it is known. */
  readonly until?: IsoDate | null
}

/** Partners who depend on a holder on or after a day, but for one of them. */
export const partnersOf = (
  holder: Person,
  from: IsoDate,
  capacityId: string,
  facts: PersonFacts,
): readonly Dependant[] =>
  holder.dependants.filter(
    (entry) =>
      entry.capacityId !== capacityId &&
      !entry.displaced &&
      (entry.to === null || entry.to >= from) &&
      facts.capacityRule(entry.capacity, 'partner', entry.from) !== 'noPartner',
  )

/** The day on which a quality is weighed: the first of insurance, which is not before the holder is insured. */
export const weighedOn = ({
  acquiredOn,
  ruleStart,
  holderSpan,
}: Pick<Capacity, 'acquiredOn'> & Partial<Capacity>): IsoDate =>
  maxDate(ruleStart ?? acquiredOn, holderSpan?.from ?? acquiredOn)

/**
 * What proofs of income say together, in whatever order they came: the newest quarter counts, and where several speak of it, the one
 * that tells most.
 */
function incomeOf(evidence: readonly Evidence[]) {
  const proofs = proofsOfKind(evidence, 'incomeProof')
  const quarter = proofs
    .map((proof) => proof.quarter)
    .sort()
    .at(-1)
  if (quarter === undefined) return undefined
  const own = proofs.filter((proof) => proof.quarter === quarter)
  const grossCents = Math.max(...own.map((proof) => proof.grossCents))
  return { quarter, grossCents, ownFreeRight: own.some((proof) => proof.ownFreeRight) }
}

/** Refuses who cannot depend on the holder, by the rule of the law and from the proofs; the reason is its first ground that fails. */
export function notAdmitted(
  { capacityId, capacity, partnership, on, until = null }: AdmissionClaim,
  person: Person,
  evidence: readonly Evidence[],
  facts: PersonFacts,
): PersonDecision | null {
  const income = incomeOf(evidence)
  const own = person.capacities.filter(
    (entry) =>
      entry.capacityId !== capacityId && !isDependant(entry) && entry.status === 'acquired' && coversDay(entry, on),
  )
  const partners = facts.holder ? partnersOf(facts.holder, on, capacityId, facts) : []
  const told = spouseTold(evidence)
  const { grounds, confidence, repairs } = facts.dependantAdmission({
    ...{ kind: capacity, on, birthDate: person.birthDate as IsoDate },
    ...(income ? { quarterlyIncomeCents: income.grossCents as Cents } : {}),
    ownCapacities: own.map((entry) => entry.capacity),
    freeOwnRight: income?.ownFreeRight ?? false,
    dependantPartners: partners.filter(({ from }) => until === null || from <= until).length,
    cohabiting: partnership === 'cohabiting',
    ...(told.length > 0 ? { holderSpouseAtHome: told.includes(true) } : {}),
  })
  const failed = grounds.find((ground) => !ground.satisfied)
  if (!failed) return null
  const value = (name: string) => failed.facts.find((fact) => fact.name === name)?.value ?? ''
  switch (failed.rule) {
    case 'dependant.ownRight':
      return refuse('ownFreeRight', { capacity: String(value('capacity')), confidence })
    case 'dependant.age':
      return refuse('childTooOld', { limit: Number(value('ageLimit')), from: on })
    case 'dependant.income':
      // the same answer as where the proofs are weighed: an import brings none beside the record of the earlier system
      if (!income) return refuse('evidenceMissing', { capacity, needed: 'incomeProof' })
      return refuse('incomeAboveCeiling', {
        quarter: income.quarter,
        ceilingCents: Number(value('ceilingCents')),
      })
    default:
      // the same answer as where the proofs are weighed
      if (repairs.some(({ kind }) => kind === 'tellHolderSpouse'))
        return refuse('evidenceMissing', {
          capacity,
          needed: COHABITATION_PROOF,
        })
      return repairs.some(({ kind }) => kind === 'holderSpouseLeaves')
        ? refuse('cohabitantExcludedBySpouse')
        : refuse('partnerAlreadyDependant')
  }
}
