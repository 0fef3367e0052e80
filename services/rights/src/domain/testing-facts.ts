import type { IsoDate } from '@ziv/kernel'
import type {
  AffiliationOpenedFact,
  AssessedFact,
  AssessmentState,
  CapacityAcquiredFact,
  DiedFact,
  Fact,
  FactBase,
} from './facts.ts'

/** Facts of specs: each has an id of its own that says what it is. */
export const day = (text: string): IsoDate => text as IsoDate

const base = (id: string, recordedAt = '2020-01-01T00:00:00.000Z', sequence = 1): FactBase => ({
  id,
  recordedAt,
  sequence,
})

export const joined = (
  from: string,
  about: Partial<AffiliationOpenedFact> & { recordedAt?: string; sequence?: number } = {},
): Fact => {
  const { recordedAt, sequence, ...rest } = about
  const affiliationId = about.affiliationId ?? `affiliation-${from}`
  return {
    ...base(`${affiliationId}/opened`, recordedAt, sequence),
    kind: 'affiliationOpened',
    affiliationId,
    insurer: '300',
    ziekenfonds: '306',
    from: day(from),
    birthDate: day('1980-05-05'),
    ...rest,
  }
}

export const left = (affiliationId: string, to: string, recordedAt?: string): Fact => ({
  ...base(`${affiliationId}/closed/${to}`, recordedAt),
  kind: 'affiliationClosed',
  affiliationId,
  to: day(to),
})

export const capacity = (
  kind: string,
  from: string,
  about: Partial<CapacityAcquiredFact> & { recordedAt?: string } = {},
): Fact => {
  const { recordedAt, ...rest } = about
  const capacityId = about.capacityId ?? `${kind}-${from}`
  return {
    ...base(`${capacityId}/acquired`, recordedAt),
    kind: 'capacityAcquired',
    capacityId,
    capacity: kind,
    from: day(from),
    ...rest,
  }
}

export const capacityEnd = (capacityId: string, to: string, recordedAt?: string): Fact => ({
  ...base(`${capacityId}/ended/${to}`, recordedAt),
  kind: 'capacityEnded',
  capacityId,
  to: day(to),
})

export const assessed = (
  referenceYear: number,
  met: boolean,
  about: Partial<AssessedFact> & Partial<FactBase> = {},
): AssessmentState => ({
  ...base(`assessed-${referenceYear}-${met}-${about.sequence ?? 1}`),
  kind: 'assessed',
  referenceYear,
  regime: 'wage',
  totalCents: met ? 900_000 : 100_000,
  requiredCents: 800_000,
  met,
  shortCents: met ? 0 : 700_000,
  payableUntil: day(`${referenceYear + 5}-12-31`),
  confidence: 'verified',
  ...about,
})

export const died = (diedOn: string, recordedAt?: string): FactBase & DiedFact => ({
  ...base(`died/${diedOn}`, recordedAt),
  kind: 'died',
  diedOn: day(diedOn),
})
