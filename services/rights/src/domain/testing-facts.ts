import type { Instant, IsoDate } from '@ziv/kernel'
import type { FactPlace } from '@ziv/members'
import type { AssessedFact, AssessmentState, Fact } from './facts.ts'

/** Facts of specs: each has an id of its own that says what it is. */
export const day = (text: string): IsoDate => text as IsoDate

interface About {
  readonly recordedAt?: string
  readonly sequence?: number
  readonly insurer?: string
  readonly ziekenfonds?: string
}

const told = (
  id: string,
  about: About = {},
): FactPlace & { readonly insurer: string; readonly ziekenfonds: string } => ({
  id,
  recordedAt: (about.recordedAt ?? '2020-01-01T00:00:00.000Z') as Instant,
  sequence: about.sequence ?? 1,
  insurer: about.insurer ?? '300',
  ziekenfonds: about.ziekenfonds ?? '306',
})

export function joined(from: string, about: About & { affiliationId?: string; birthDate?: IsoDate } = {}): Fact {
  const { affiliationId = `affiliation-${from}`, birthDate = day('1980-05-05') } = about
  return { ...told(`${affiliationId}/opened`, about), kind: 'opened', affiliationId, from: day(from), birthDate }
}

export const left = (affiliationId: string, to: string, recordedAt = '2020-01-02T00:00:00.000Z'): Fact => ({
  ...told(`${affiliationId}/closed/${to}`, { recordedAt }),
  ...{ kind: 'closed', affiliationId, to: day(to) },
})

export const affiliationCorrected = (affiliationId: string, from: string, to: string | null, about: About): Fact => ({
  ...told(`${affiliationId}/corrected/${from}/${to}/${about.recordedAt}`, about),
  ...{ kind: 'affiliationCorrected', affiliationId, from: day(from), to: to === null ? null : day(to) },
})

export const affiliationWithdrawn = (affiliationId: string, about: About): Fact => ({
  ...told(`${affiliationId}/withdrawn/${about.recordedAt}`, about),
  ...{ kind: 'affiliationWithdrawn', affiliationId },
})

type CapacityAbout = About & { capacityId?: string; holderPersonId?: string }

const capacityFacts = (kind: string, from: string, { capacityId, holderPersonId = undefined }: CapacityAbout) => ({
  capacityId: capacityId ?? `${kind}-${from}`,
  capacity: kind,
  role: holderPersonId === undefined ? ('holder' as const) : ('dependant' as const),
  ...{ from: day(from), acquiredOn: day(from), requestedOn: day(from) },
  holderPersonId: holderPersonId ?? null,
})

export function capacity(kind: string, from: string, about: CapacityAbout = {}): Fact {
  const facts = capacityFacts(kind, from, about)
  return { ...told(`${facts.capacityId}/acquired`, about), kind: 'acquired', ...facts }
}

export const capacityEnd = (capacityId: string, to: string, recordedAt = '2020-01-02T00:00:00.000Z'): Fact => ({
  ...told(`${capacityId}/ended/${to}`, { recordedAt }),
  ...{ kind: 'ended', capacityId, to: day(to) },
})

export const capacityCorrected = (kind: string, from: string, to: string | null, about: CapacityAbout): Fact => {
  const facts = capacityFacts(kind, from, about)
  const id = `${facts.capacityId}/corrected/${from}/${to}/${about.recordedAt}`
  return { ...told(id, about), kind: 'capacityCorrected', ...facts, to: to === null ? null : day(to) }
}

export const capacityWithdrawn = (capacityId: string, about: About): Fact => ({
  ...told(`${capacityId}/withdrawn/${about.recordedAt}`, about),
  ...{ kind: 'capacityWithdrawn', capacityId },
})

export const capacityRequested = (kind: string, acquiredOn: string, about: About = {}): Fact => ({
  ...told(`${kind}-${acquiredOn}/requested`, about),
  ...{ kind: 'requested', capacityId: `${kind}-${acquiredOn}`, capacity: kind, role: 'holder' },
  ...{ acquiredOn: day(acquiredOn), requestedOn: day(acquiredOn) },
  ...{ waitingFor: 'immigrationOffice', repairsYear: null },
})

export const assessed = (
  referenceYear: number,
  met: boolean,
  about: Partial<AssessedFact> &
    Pick<Partial<AssessmentState>, 'explanation'> &
    Omit<Partial<FactPlace>, 'recordedAt'> & { recordedAt?: string } = {},
): AssessmentState => {
  const { recordedAt = '2020-01-01T00:00:00.000Z', ...rest } = about
  return {
    id: `assessed-${referenceYear}-${met}-${about.sequence ?? 1}`,
    recordedAt: recordedAt as Instant,
    sequence: 1,
    kind: 'assessed',
    referenceYear,
    regime: 'wage',
    totalCents: met ? 900_000 : 100_000,
    requiredCents: 800_000,
    met,
    shortCents: met ? 0 : 700_000,
    payableUntil: day(`${referenceYear + 5}-12-31`),
    confidence: 'verified',
    explanation: null,
    ...rest,
  }
}

export const died = (diedOn: string, recordedAt?: string): Fact => ({
  ...told(`died/${diedOn}`, recordedAt === undefined ? {} : { recordedAt }),
  ...{ kind: 'died', diedOn: day(diedOn) },
})

export const personCorrected = (diedOn: string | null, birthDate: string | null, about: About): Fact => ({
  ...told(`corrected/${diedOn}/${birthDate}/${about.recordedAt}`, about),
  kind: 'personCorrected',
  birthDate: birthDate === null ? null : day(birthDate),
  diedOn: diedOn === null ? null : day(diedOn),
})
