import { addMonths, firstDayOfMonth, type IsoDate, isoDate, lastDayOfMonth } from '@ziv/kernel'
import { population, type SyntheticPerson } from './population/index.ts'

/** What a demonstration plays: how many persons, from which seed, over which days. */
export interface Story {
  readonly persons: number
  readonly seed: number
  readonly from: IsoDate
  readonly to: IsoDate
}

const FIRST_DAY = isoDate('2023-01-02')
/** Two and a half years: two renewals of 1 January, two settlements, and half a year on the renewed rights. */
export const MONTHS_MAX = 30
/** From so many months on a story holds every kind of event that the proofs ask for: slips of the first quarter come in the fifth. */
export const MONTHS_WITH_ALL = 5

/** A story of some persons over some months, all of them unless said otherwise. */
export const storyOf = ({
  months = MONTHS_MAX,
  ...options
}: {
  persons: number
  seed: number
  months?: number
}): Story => ({
  ...options,
  from: FIRST_DAY,
  to: lastDayOfMonth(addMonths(FIRST_DAY, months - 1)),
})

/** Up to here the persons are kept in memory (about 1 kB each); a larger story makes them again each time it asks. */
const KEPT_MAX = 100_000
const kept = new Map<string, readonly SyntheticPerson[]>()

/** The persons of the story, one at a time, always the same ones. */
export function personsOf(story: Story): Iterable<SyntheticPerson> {
  if (story.persons > KEPT_MAX) return population(story)
  const key = `${story.persons}/${story.seed}/${story.from}/${story.to}`
  const known = kept.get(key) ?? [...population(story)]
  kept.set(key, known)
  return known
}

export interface Month {
  /** `2023-01`. */
  readonly name: string
  readonly first: IsoDate
  readonly last: IsoDate
}

/** The months of the story in order. */
export function* monthsOf(story: Story): Generator<Month> {
  for (let first = firstDayOfMonth(story.from); first <= story.to; first = addMonths(first, 1)) {
    yield { name: first.slice(0, 7), first, last: lastDayOfMonth(first) }
  }
}

/** A day of a month, by its number. */
export const dayOf = (month: Month, day: number): IsoDate =>
  isoDate(`${month.name}-${String(Math.min(day, Number(month.last.slice(8)))).padStart(2, '0')}`)

/** Whether a person is a member on a day of the story. */
export const isMember = (person: SyntheticPerson, day: IsoDate): boolean =>
  person.joinsOn <= day && (person.diesOn === null || person.diesOn >= day)

/** Whether the capacity of a person runs on a day. */
export const hasCapacity = (person: SyntheticPerson, day: IsoDate): boolean =>
  isMember(person, day) && (person.capacityEndsOn === null || person.capacityEndsOn >= day)
