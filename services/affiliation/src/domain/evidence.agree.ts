import { addDays, addMonths, type IsoDate, quarterEnd, quarterOf, quarterStart } from '@ziv/kernel'
import type { Claim } from './evidence.assess.ts'
import type { Evidence } from './evidence.ts'
import type { PersonFacts } from './person.facts.ts'

/** What a proof says and what the claim would need it to say. */
export interface Disagreement {
  readonly field: string
  readonly stated: string
  readonly claimed: string
}

type Check = Disagreement | null

const notAfter = (field: string, stated: IsoDate, limit: IsoDate): Check =>
  stated <= limit ? null : { field, stated, claimed: `<= ${limit}` }
const notBefore = (field: string, stated: IsoDate, limit: IsoDate): Check =>
  stated >= limit ? null : { field, stated, claimed: `>= ${limit}` }

/** An attest speaks of the days around the day on which it was made: not of a quality acquired long after. */
function attested(issuedOn: IsoDate, { acquiredOn }: Claim, facts: PersonFacts): Check {
  const { attestMonths } = facts.proofRules(acquiredOn)
  return notBefore('issuedOn', issuedOn, addMonths(acquiredOn, -attestMonths))
}

/** The academic year runs over the turn of the year; months before its autumn and after its summer belong to the next and the last. */
function academic(academicYear: string, { acquiredOn }: Claim): Check {
  const [first, last] = academicYear.split('-').map(Number) as [number, number]
  const year = { field: 'academicYear', stated: academicYear }
  if (last !== first + 1) return { ...year, claimed: `${first}-${first + 1}` }
  const [from, to] = [quarterStart(`${first}Q3` as never), quarterEnd(`${last}Q3` as never)]
  return acquiredOn >= from && acquiredOn <= to ? null : { ...year, claimed: acquiredOn }
}

/** The days that no proof can carry: to come, or out of its own order. */
function impossible(proof: Evidence, facts: PersonFacts): Check {
  for (const field of ['issuedOn', 'registeredOn', 'decidedOn', 'marriedOn', 'appliedOn'] as const) {
    const stated = (proof as Partial<Record<typeof field, IsoDate>>)[field]
    if (stated !== undefined && stated > facts.today) return { field, stated, claimed: `<= ${facts.today}` }
  }
  return null
}

function contradicts(proof: Evidence, claim: Claim, facts: PersonFacts): Check {
  const { acquiredOn, birthDate } = claim
  switch (proof.kind) {
    case 'employmentContract':
      return notAfter('startsOn', proof.startsOn, acquiredOn)
    case 'contributionSlip': {
      const quarter = quarterOf(acquiredOn)
      return proof.quarter === quarter ? null : { field: 'quarter', stated: proof.quarter, claimed: quarter }
    }
    case 'employerProof':
    case 'railwayStaffAttest':
    case 'socialInsuranceFundAttest':
    case 'householdComposition':
      return attested(proof.issuedOn, claim, facts)
    case 'enrolmentCertificate':
      return academic(proof.academicYear, claim)
    case 'nationalRegisterEntry':
      return notAfter('registeredOn', proof.registeredOn, acquiredOn)
    case 'residenceDocument':
      return proof.validUntil === undefined ? null : notBefore('validUntil', proof.validUntil, proof.issuedOn)
    case 'marriageCertificate':
      return notAfter('marriedOn', proof.marriedOn, acquiredOn)
    case 'cohabitationApplication':
      return notAfter('appliedOn', proof.appliedOn, acquiredOn)
    case 'birthAct':
      return claim.kind === 'DEPENDANT_CHILD' ? notBefore('issuedOn', proof.issuedOn, birthDate) : null
    case 'incomeProof':
      return incomeOf(proof.quarter, acquiredOn)
    default:
      return null
  }
}

/** The income that counts is that of the quarter in which the quality begins, or of the one before, which is known by then. */
function incomeOf(stated: string, acquiredOn: IsoDate): Check {
  const quarter = quarterOf(acquiredOn)
  const before = quarterOf(addDays(quarterStart(quarter), -1))
  return stated === quarter || stated === before ? null : { field: 'quarter', stated, claimed: `${before}, ${quarter}` }
}

/** Where a proof and the claim do not agree in date, period or validity; null where they do. */
export const disagreement = (proof: Evidence, claim: Claim, facts: PersonFacts): Check =>
  impossible(proof, facts) ?? contradicts(proof, claim, facts)
