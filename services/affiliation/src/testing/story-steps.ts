import { type IsoDate, quarterOf, uuidV5 } from '@ziv/kernel'
import { day } from '@ziv/law/testing'
import { z } from 'zod'
import { type Evidence, evidence } from '../domain/evidence.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import type { Person } from '../domain/person.ts'

const proven = { acquiredOn: day, proofs: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])) }

/** A step that puts something right. */
const correction = z.union([
  z.strictObject({ correct: z.string(), born: day.optional(), died: day.nullable().optional() }),
  z.strictObject({ correctDeparture: z.string(), to: day.nullable() }),
  z.strictObject({ withdraw: z.string(), of: z.string() }),
])
type Correction = z.output<typeof correction>

/** One step of a story: what is asked of whom. */
export const step = z.union([
  z.strictObject({ affiliate: z.string(), with: z.string(), capacity: z.string(), requestedOn: day, ...proven }),
  z.strictObject({ affiliate: z.string(), with: z.string(), from: day }),
  z.strictObject({
    capacity: z.string(),
    of: z.string(),
    requestedOn: day,
    repairsYear: z.int().optional(),
    ...proven,
  }),
  z.strictObject({
    dependant: z.string(),
    of: z.string(),
    capacity: z.string(),
    cohabiting: z.boolean().optional(),
    ...proven,
  }),
  z.strictObject({ decision: z.enum(['positive', 'negative']), of: z.string(), on: day }),
  z.strictObject({ leave: z.string(), to: day }),
  z.strictObject({ die: z.string(), on: day }),
  correction,
])
type Step = z.output<typeof step>

/** Stand for the day on which the quality of the step is acquired, and for its quarter. */
const [theDay, theQuarter] = ['the day', 'the quarter']
const onDay = (proof: object, on: IsoDate): unknown =>
  JSON.parse(JSON.stringify(proof).replaceAll(theDay, on).replaceAll(theQuarter, quarterOf(on)))

/** Proofs by the short names that scenarios use; a scenario can also write a proof out. */
const proofs: Readonly<Record<string, object>> = {
  employerProof: { kind: 'employerProof', rszNumber: '102077173', issuedOn: theDay },
  railway: { kind: 'railwayStaffAttest', issuedOn: theDay },
  fundAttest: {
    kind: 'socialInsuranceFundAttest',
    fundNumber: '0409084236',
    activity: 'selfEmployed',
    issuedOn: theDay,
  },
  enrolment: {
    kind: 'enrolmentCertificate',
    institution: 'Hogeschool',
    recognised: true,
    academicYear: '2024-2025',
    issuedOn: '2024-09-15',
  },
  register: { kind: 'nationalRegisterEntry', registeredOn: '2010-01-01' },
  annex15box5: {
    kind: 'residenceDocument',
    document: 'annex15',
    issuedOn: '2024-02-20',
    box: 5,
    modelDate: '2023-03-01',
  },
  annex15box8: {
    kind: 'residenceDocument',
    document: 'annex15',
    issuedOn: '2024-04-20',
    box: 8,
    modelDate: '2023-03-01',
  },
  annex15oldBox6: {
    kind: 'residenceDocument',
    document: 'annex15',
    issuedOn: '2017-04-20',
    box: 6,
    modelDate: '2016-01-01',
  },
  marriage: { kind: 'marriageCertificate', marriedOn: theDay, foreign: false },
  household: { kind: 'householdComposition', issuedOn: theDay, sameAddress: true },
  householdOfTwo: { kind: 'householdComposition', issuedOn: theDay, sameAddress: true, holderSpouseInHousehold: false },
  noIncome: {
    kind: 'incomeProof',
    quarter: theQuarter,
    grossCents: 0,
    source: 'declarationOnHonour',
    ownFreeRight: false,
  },
  ownRight: {
    kind: 'incomeProof',
    quarter: theQuarter,
    grossCents: 0,
    source: 'declarationOnHonour',
    ownFreeRight: true,
  },
  highIncome: {
    kind: 'incomeProof',
    quarter: theQuarter,
    grossCents: 500_000,
    source: 'wageSlips',
    ownFreeRight: false,
  },
  birthAct: { kind: 'birthAct', issuedOn: theDay },
}

/** A step as the command that the service gets. */
export interface Told {
  readonly who: string
  readonly command: PersonCommand
  readonly holder?: string
}

const because = 'clericalError'

const corrects = (given: Step): given is Correction =>
  'correct' in given || 'correctDeparture' in given || 'withdraw' in given

function tellCorrection(given: Correction, world: ReadonlyMap<string, Person>): Told {
  if ('correct' in given) {
    const birthDate = given.born === undefined ? {} : { birthDate: given.born }
    const diedOn = given.died === undefined ? {} : { diedOn: given.died }
    return { who: given.correct, command: { type: 'CorrectPerson', ...birthDate, ...diedOn, because } }
  }
  if ('correctDeparture' in given) {
    const affiliationId = world.get(given.correctDeparture)?.affiliations.at(-1)?.affiliationId ?? ''
    const command = { type: 'CorrectAffiliation', affiliationId, to: given.to, because } as const
    return { who: given.correctDeparture, command }
  }
  const entry = world.get(given.of)?.capacities.find(({ capacity }) => capacity === given.withdraw)
  return { who: given.of, command: { type: 'WithdrawCapacity', capacityId: entry?.capacityId ?? '', because } }
}

/** The command of a step; `id` makes the ids of what it creates. */
export function tell(given: Step, id: string, world: ReadonlyMap<string, Person>): Told {
  const numbered = (names: readonly (string | object)[], on: IsoDate) =>
    names.map((name, index) => {
      const proof: Evidence = evidence.parse(onDay(typeof name === 'string' ? (proofs[name] ?? {}) : name, on))
      return { evidenceId: uuidV5(`${id}/evidence/${index}`), evidence: proof }
    })
  if (corrects(given)) return tellCorrection(given, world)
  const [affiliationId, capacityId] = [uuidV5(`${id}/affiliation`), uuidV5(`${id}/capacity`)]
  if ('die' in given) return { who: given.die, command: { type: 'RecordDeath', diedOn: given.on } }
  if ('leave' in given) {
    const open = world.get(given.leave)?.affiliations.find((entry) => entry.to === null)
    const command: PersonCommand = {
      type: 'EndAffiliation',
      affiliationId: open?.affiliationId ?? affiliationId,
      to: given.to,
      reason: 'departure',
    }
    return { who: given.leave, command }
  }
  if ('decision' in given) {
    const pending = world.get(given.of)?.capacities.find((entry) => entry.status === 'pending')
    const proof = {
      kind: 'immigrationOfficeDecision',
      decidedOn: given.on,
      positive: given.decision === 'positive',
    } as const
    const ids = { evidenceId: uuidV5(`${id}/evidence`), capacityId: pending?.capacityId ?? capacityId }
    return { who: given.of, command: { type: 'RecordEvidence', ...ids, evidence: proof } }
  }
  if ('dependant' in given) {
    const { acquiredOn, capacity: kind } = given
    const partnership = given.cohabiting ? { partnership: 'cohabiting' as const } : {}
    const base = {
      capacityId,
      affiliationId,
      kind,
      acquiredOn,
      requestedOn: acquiredOn,
      evidence: numbered(given.proofs, acquiredOn),
    }
    return { who: given.dependant, holder: given.of, command: { type: 'BecomeDependant', ...base, ...partnership } }
  }
  if ('from' in given) {
    const { from } = given
    return {
      who: given.affiliate,
      command: { type: 'Affiliate', affiliationId, ziekenfonds: given.with, requestedOn: from, from },
    }
  }
  const { acquiredOn, requestedOn, capacity: kind } = given
  const request = { capacityId, kind, acquiredOn, requestedOn, evidence: numbered(given.proofs, acquiredOn) }
  if ('affiliate' in given) {
    const command: PersonCommand = {
      type: 'Affiliate',
      affiliationId,
      ziekenfonds: given.with,
      requestedOn,
      capacity: request,
    }
    return { who: given.affiliate, command }
  }
  const { repairsYear } = given
  return {
    who: given.of,
    command: { type: 'AcquireCapacity', ...request, ...(repairsYear === undefined ? {} : { repairsYear }) },
  }
}
