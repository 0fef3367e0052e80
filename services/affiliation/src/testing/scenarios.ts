import { readdirSync, readFileSync } from 'node:fs'
import { type IsoDate, isoDate, movableClock, quarterOf, uuidV5 } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Evidence, evidence } from '../domain/evidence.ts'
import { factsOf } from '../domain/law-facts.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import { decidePerson } from '../domain/person.decide.ts'
import { evolvePerson } from '../domain/person.evolve.ts'
import { reactionsTo } from '../domain/person.reactions.ts'
import { coversDay, nobody, type Person } from '../domain/person.ts'

const day = z.string().transform((text) => isoDate(text))
const dates = {
  acquiredOn: day,
  proofs: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])),
  refused: z.string().optional(),
}
const step = z.union([
  z.strictObject({
    affiliate: z.string(),
    with: z.string(),
    capacity: z.string(),
    requestedOn: day,
    ...dates,
  }),
  z.strictObject({ affiliate: z.string(), with: z.string(), from: day, refused: z.string().optional() }),
  z.strictObject({
    capacity: z.string(),
    of: z.string(),
    requestedOn: day,
    repairsYear: z.int().optional(),
    ...dates,
  }),
  z.strictObject({
    dependant: z.string(),
    of: z.string(),
    capacity: z.string(),
    cohabiting: z.boolean().optional(),
    ...dates,
  }),
  z.strictObject({
    decision: z.enum(['positive', 'negative']),
    of: z.string(),
    on: day,
    refused: z.string().optional(),
  }),
  z.strictObject({ leave: z.string(), to: day, refused: z.string().optional() }),
  z.strictObject({ die: z.string(), on: day, refused: z.string().optional() }),
])
const capacity = z.strictObject({ kind: z.string(), from: z.string(), to: z.string() })
const outcome = z.strictObject({
  insurer: z.string().optional(),
  capacities: z.array(capacity).optional(),
  dependants: z.int().optional(),
})
const scenario = z.strictObject({
  name: z.string(),
  law: z.string(),
  today: day,
  persons: z.record(z.string(), day),
  steps: z.array(step).min(1),
  expect: z.record(z.string(), outcome).optional(),
})
export type Scenario = z.infer<typeof scenario>
type Step = z.infer<typeof step>

/** Stand for the day on which the quality of the step is acquired, and for its quarter. */
const [theDay, theQuarter] = ['the day', 'the quarter']
const onDay = (proof: object, on: IsoDate): unknown =>
  JSON.parse(JSON.stringify(proof).replaceAll(theDay, on).replaceAll(theQuarter, quarterOf(on)))

/** Proofs by the short names that scenarios use; a scenario can also write a proof out. */
const proofs: Readonly<Record<string, object>> = {
  employerProof: { kind: 'employerProof', rszNumber: '0102077120', issuedOn: theDay },
  railway: { kind: 'railwayStaffAttest', issuedOn: theDay },
  fundAttest: {
    kind: 'socialInsuranceFundAttest',
    fundNumber: '0409084290',
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

/** All scenarios of a folder; a file that is not well formed throws with its name. */
export function loadScenarios(folder: URL): readonly (Scenario & { readonly file: string })[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((file) => {
      const entries: unknown = parse(readFileSync(new URL(file, folder), 'utf8'))
      return z
        .array(scenario)
        .parse(entries)
        .map((entry) => ({ ...entry, file }))
    })
}

interface Told {
  readonly who: string
  readonly command: PersonCommand
  readonly holder?: string
}

function tell(given: Step, id: string, world: ReadonlyMap<string, Person>): Told {
  const numbered = (names: readonly (string | object)[], on: IsoDate) =>
    names.map((name, index) => {
      const proof: Evidence = evidence.parse(onDay(typeof name === 'string' ? (proofs[name] ?? {}) : name, on))
      return { evidenceId: uuidV5(`${id}/evidence/${index}`), evidence: proof }
    })
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

const personIdOf = (name: string): string => uuidV5(`scenario/${name}`)

function newPerson(name: string, birthDate: IsoDate): Person {
  const identity = { insz: { $sealed: 'a' }, name: { $sealed: 'b' } }
  const data = { personId: personIdOf(name), inszIndex: name, bis: false, birthDate, sex: 'X', identity } as const
  return evolvePerson(nobody, { type: 'PersonRegistered', version: 1, data })
}

/** Plays one step with all that follows from it; gives the code of the refusal, or null. */
function playStep(
  told: Told,
  world: Map<string, Person>,
  names: ReadonlyMap<string, string>,
  today: IsoDate,
): string | null {
  const facts = factsOf(loadLaw(), movableClock(today))
  const holder = told.holder === undefined ? undefined : world.get(told.holder)
  const next = new Map(world)
  const queue = [{ who: told.who, command: told.command }]
  for (let item = queue.shift(); item; item = queue.shift()) {
    const before = next.get(item.who) ?? nobody
    const decision = decidePerson(item.command, before, holder ? { ...facts, holder } : facts)
    if (!decision.ok) return decision.rejection.code
    const after = decision.events.reduce(evolvePerson, before)
    next.set(item.who, after)
    const follow = reactionsTo(decision.events, before, after)
    queue.push(...follow.map(({ personId, command }) => ({ who: names.get(personId) ?? '', command })))
  }
  for (const [name, person] of next) world.set(name, person)
  return null
}

/** Plays a scenario with the real law. Gives what differs from what it expects; nothing when it holds. */
export function playScenario({ persons, steps, today, expect: wished = {} }: Scenario): readonly string[] {
  const world = new Map(Object.entries(persons).map(([name, birth]) => [name, newPerson(name, birth)]))
  const names = new Map(Object.keys(persons).map((name) => [personIdOf(name), name]))
  const differences: string[] = []
  for (const [index, given] of steps.entries()) {
    const code = playStep(tell(given, `${Object.keys(persons).join()}/${index}`, world), world, names, today)
    const expected = given.refused ?? null
    if (code !== expected)
      differences.push(`step ${index + 1}: expected ${expected ?? 'no refusal'}, got ${code ?? 'none'}`)
  }
  for (const [name, wanted] of Object.entries(wished)) {
    const person = world.get(name) ?? nobody
    const home = person.affiliations.find((entry) => coversDay(entry, today))
    const found = {
      insurer: home?.insurer ?? 'none',
      capacities: person.capacities.map(({ capacity: kind, from, to }) => ({
        kind,
        from: from ?? 'none',
        to: to ?? 'none',
      })),
      dependants: person.dependants.filter((entry) => coversDay(entry, today)).length,
    }
    for (const [field, value] of Object.entries(wanted)) {
      const actual = JSON.stringify(found[field as keyof typeof found])
      if (actual !== JSON.stringify(value))
        differences.push(`${name}: ${field} is ${actual}, expected ${JSON.stringify(value)}`)
    }
  }
  return differences
}
