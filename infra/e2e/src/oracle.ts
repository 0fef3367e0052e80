import type { SyntheticPerson } from '@ziv/demo'
import { attestsOf, declarations, paymentsOf, personsOf, type Story } from '@ziv/demo'
import type { DmfaPersonInput } from '@ziv/formats'
import { type IsoDate, nextQuarter, type Quarter, quarterOf, quarterStart } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import type { BilledFile } from './play.ts'

/**
 * What the story must come to, worked out from the population alone: no service, no event, no rule of `@ziv/law` (only the
 * amount that residents and students pay into the story comes from there). Short, slow and on purpose written otherwise.
 */
export interface Oracle {
  /** Members per `ziekenfonds/capacity` on a day. */
  members(day: IsoDate): Map<string, number>
  inOrder(person: SyntheticPerson, day: IsoDate): boolean
  /** Members in order per ziekenfonds on a day. */
  insured(day: IsoDate): Map<string, number>
  /** Contributions recorded for the quarters up to this one, per insurer. */
  contributions(until: Quarter): Map<string, number>
  wages(until: Quarter): number
  /** What becomes of a billing file. */
  settled(file: BilledFile): SettledFile
}

export interface SettledFile {
  readonly state: 'settled' | 'refused'
  readonly paid: readonly { readonly person: SyntheticPerson; readonly cents: number }[]
}

/** Four times the guaranteed income of 1 January 2023 (EUR 1,806.16): what wages of 2023 must reach. */
const WAGES_OF_2023 = 4 * 180_616
/** More than one line in twenty wrong: the whole file goes back. */
const ERRORS_MAX = 0.05

const lastOf = (days: readonly (IsoDate | null)[]): IsoDate | null =>
  days.reduce((first, day) => (day !== null && (first === null || day < first) ? day : first), null)

const endOfYear = (day: IsoDate, later: number): string => `${Number(day.slice(0, 4)) + later}-12-31`

function countBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}

export function oracleOf(story: Story): Oracle {
  const persons = [...personsOf(story)]
  const byNumber = new Map(persons.map((person) => [person.insz, person]))
  // what happens after the last month is told to nobody
  const told = (day: IsoDate | null): IsoDate | null => (day !== null && day <= story.to ? day : null)
  const quarters = quartersOf(story)
  const paidFor2023 = contributorsOf2023(story)

  const isMember = (person: SyntheticPerson, day: IsoDate): boolean => {
    const died = told(person.diesOn)
    return startOf(person) <= day && (died === null || day <= died)
  }
  const hasOwnRight = (person: SyntheticPerson, day: IsoDate): boolean => {
    if (!isMember(person, day)) return false
    if (day <= endOfYear(startOf(person), 1)) return true
    return paidFor2023.has(person.personId)
  }
  const inOrder = (person: SyntheticPerson, day: IsoDate): boolean => {
    const { holder } = person
    if (holder === null || !isMember(person, day)) return hasOwnRight(person, day)
    const grownUp = person.capacity === 'DEPENDANT_CHILD' ? lastDayUnder25(person.birthDate) : null
    const last = lastOf([told(person.capacityEndsOn), told(holder.diesOn), grownUp])
    if (last === null || day <= last) return hasOwnRight(holder, day)
    // who was 25 already never was a dependant, so there is no right to keep
    return last >= startOf(person) && hasOwnRight(holder, last) && day <= endOfYear(dayAfter(last), 1)
  }
  const membersOn = (day: IsoDate) => persons.filter((person) => isMember(person, day))

  return {
    inOrder,
    members: (day) => countBy(membersOn(day), ({ ziekenfonds, capacity }) => `${ziekenfonds}/${capacity}`),
    insured: (day) =>
      countBy(
        membersOn(day).filter((person) => inOrder(person, day)),
        ({ ziekenfonds }) => ziekenfonds,
      ),
    contributions: (until) => {
      const byId = new Map(persons.map((person) => [person.personId, person]))
      const insurers = quarters
        .filter((quarter) => quarter <= until)
        .flatMap((quarter) => [
          ...workersOf(story, quarter).map(({ insz }) => byNumber.get(insz)),
          ...[...attestsOf(story, quarter)].map(({ ssin }) => byNumber.get(ssin)),
          ...paymentsIn(story, quarter).map(({ personId }) => byId.get(personId)),
        ])
      return countBy(insurers, (person) => person?.insurer ?? 'nobody')
    },
    wages: (until) =>
      quarters
        .filter((quarter) => quarter <= until)
        .flatMap((quarter) => workersOf(story, quarter))
        .reduce((sum, { wageCents }) => sum + wageCents, 0),
    settled: (file) => settle(file, byNumber, inOrder),
  }
}

/** Work, study and residence insure from the first day of the quarter, a dependant from the exact day. */
const startOf = ({ joinsOn, holder }: SyntheticPerson): IsoDate =>
  holder === null ? quarterStart(quarterOf(joinsOn)) : joinsOn

function dayAfter(day: IsoDate): IsoDate {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10) as IsoDate
}

function lastDayUnder25(birthDate: IsoDate): IsoDate {
  const birthday = Date.parse(`${Number(birthDate.slice(0, 4)) + 25}${birthDate.slice(4)}`)
  return new Date(birthday - 86_400_000).toISOString().slice(0, 10) as IsoDate
}

/** Quarters that are reported before the story ends: two months after their end at the latest. */
function quartersOf(story: Story): Quarter[] {
  const quarters: Quarter[] = []
  for (let quarter = quarterOf(story.from); quarter < quarterOf(story.to); quarter = nextQuarter(quarter)) {
    quarters.push(quarter)
  }
  return quarters
}

const workersOf = (story: Story, quarter: Quarter): { insz: string; wageCents: number }[] =>
  [...declarations(story, quarter, story.to)].flatMap(({ persons }) =>
    [...(persons as Iterable<DmfaPersonInput>)].map(({ insz, workerRecords }) => ({
      insz,
      wageCents: workerRecords
        .flatMap(({ occupations }) => occupations)
        .flatMap(({ remunerations }) => remunerations ?? [])
        .reduce((sum, { cents }) => sum + cents, 0),
    })),
  )

const paymentsIn = (story: Story, quarter: Quarter): { personId: string }[] =>
  [...paymentsOf(story, quarter, story.to, loadLaw())].flatMap((payment) =>
    'personId' in payment ? [{ personId: payment.personId }] : [],
  )

/** Whose contributions of the last quarter of 2023, the only one of the story in that year, open the right of 2025. */
function contributorsOf2023(story: Story): Set<string> {
  const quarter = '2023Q4' as Quarter
  const persons = [...personsOf(story)]
  const idOf = new Map(persons.map(({ insz, personId }) => [insz, personId]))
  const byNumber = new Map(persons.map((person) => [person.insz, person]))
  const enough = workersOf(story, quarter).filter(
    ({ insz, wageCents }) => wageCents >= (WAGES_OF_2023 * monthsOf2023(byNumber.get(insz))) / 12,
  )
  const attested = [...attestsOf(story, quarter)].filter(({ status }) => status === 'paid')
  return new Set([
    ...enough.map(({ insz }) => idOf.get(insz) ?? ''),
    ...attested.map(({ ssin }) => idOf.get(ssin) ?? ''),
    ...paymentsIn(story, quarter).map(({ personId }) => personId),
    // nobody asks in the story for proof of income: a resident who did not pay is not refused
    ...persons.filter(({ capacity }) => capacity === 'RESIDENT').map(({ personId }) => personId),
    // who opened the right in 2024 needs no year before it
    ...persons.filter((person) => startOf(person) >= '2024-01-01').map(({ personId }) => personId),
  ])
}

/** The minimum is asked for the months from the registration on. */
function monthsOf2023(person: SyntheticPerson | undefined): number {
  const start = person === undefined ? '2023-01-01' : startOf(person)
  return start < '2023-01-01' ? 12 : 13 - Number(start.slice(5, 7))
}

function settle(
  { invoices, fees }: BilledFile,
  byNumber: ReadonlyMap<string, SyntheticPerson>,
  inOrder: Oracle['inOrder'],
): SettledFile {
  const seen = new Set<string>()
  const paid: { person: SyntheticPerson; cents: number }[] = []
  let lines = 0
  let errors = 0
  for (const { insz, services } of invoices) {
    const person = insz === null ? undefined : byNumber.get(insz)
    let cents = 0
    for (const service of services) {
      lines += 1
      const key = `${insz}/${service.provider}/${service.code}/${service.from}`
      const official = fees.get(service.code)?.interventionCents ?? Number.NaN
      const payable = person !== undefined && inOrder(person, service.from) && !seen.has(key)
      if (!payable || service.insuranceCents !== official) errors += 1
      if (!payable) continue
      seen.add(key)
      cents += official
    }
    if (person !== undefined && cents > 0) paid.push({ person, cents })
  }
  return errors > lines * ERRORS_MAX ? { state: 'refused', paid: [] } : { state: 'settled', paid }
}
