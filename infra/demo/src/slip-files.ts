import type { DmfaFormInput, DmfaPersonInput } from '@ziv/formats'
import { cents, type IsoDate, maxDate, minDate, type Quarter, quarterEnd, quarterStart } from '@ziv/kernel'
import { randomOf, type SyntheticEmployer, type SyntheticPerson } from './population/index.ts'
import { personsOf, type Story } from './story.ts'

interface Worker {
  readonly person: SyntheticPerson
  readonly wageCents: number
  readonly from: IsoDate
  readonly to: IsoDate
}

/** The part of a quarter an employee worked, and the wage that goes with it; null when not at all. */
function workOf(story: Story, person: SyntheticPerson, quarter: Quarter): Worker | null {
  if (person.employer === null) return null
  const [first, last] = [quarterStart(quarter), quarterEnd(quarter)]
  const from = maxDate(first, person.joinsOn)
  let to = person.capacityEndsOn === null ? last : minDate(last, person.capacityEndsOn)
  if (person.diesOn !== null) to = minDate(to, person.diesOn)
  if (from > to) return null
  const days = Temporal.PlainDate.from(to).since(from).days + 1
  const whole = Temporal.PlainDate.from(last).since(first).days + 1
  // a little up and down per quarter: bonuses, unpaid days
  const swing = 90 + randomOf(story.seed, `wage/${person.number}/${quarter}`).int(0, 20)
  const wageCents = Math.max(100, Math.floor((person.quarterWageCents * days * swing) / (whole * 100)))
  return { person, wageCents, from, to }
}

/** The declarations of all employers for a quarter, one form per employer, as the RSZ passes them on. */
export function* declarations(story: Story, quarter: Quarter, createdOn: IsoDate): Generator<DmfaFormInput> {
  const workers = new Map<number, { employer: SyntheticEmployer; list: Worker[] }>()
  for (const person of personsOf(story)) {
    const work = workOf(story, person, quarter)
    if (work === null || person.employer === null) continue
    const entry = workers.get(person.employer.number) ?? { employer: person.employer, list: [] }
    entry.list.push(work)
    workers.set(person.employer.number, entry)
  }
  for (const { employer, list } of [...workers.values()].sort((a, b) => a.employer.number - b.employer.number)) {
    yield {
      quarter,
      createdOn,
      reference: `ZIV ${quarter} ${employer.number}`,
      employerNumber: employer.rszNumber,
      netOwedCents: cents(list.reduce((sum, { wageCents }) => sum + Math.floor(wageCents * 0.38), 0)),
      persons: list.map((worker) => declared(worker, quarter)),
    }
  }
}

function declared({ person, wageCents, from, to }: Worker, quarter: Quarter): DmfaPersonInput {
  const manual = person.number % 3 === 0
  const workerCode = manual ? '015' : '495'
  const days = Math.round((Temporal.PlainDate.from(to).since(from).days + 1) * (5 / 7)) * 100
  return {
    insz: person.insz,
    workerRecords: [
      {
        employerClass: '010',
        workerCode,
        occupations: [
          {
            from: maxDate(person.joinsOn, quarterStart(quarter)),
            ...(to < quarterEnd(quarter) ? { to } : {}),
            weekHours: 3800,
            referenceWeekHours: 3800,
            services: [{ code: '001', days, hours: 0 }],
            remunerations: [{ code: '001', cents: cents(wageCents) }],
          },
        ],
        contributions: [
          {
            workerCode,
            type: 0,
            basisCents: cents(manual ? Math.round(wageCents * 1.08) : wageCents),
            cents: cents(Math.round(wageCents * 0.25)),
          },
        ],
      },
    ],
  }
}
