import {
  addDays,
  addYears,
  dateOfDayNumber,
  dateOfParts,
  dayNumber,
  type IsoDate,
  makeInsz,
  makeKboNumber,
  makeRszNumber,
  uuidV5,
  yearOf,
} from '@ziv/kernel'
import { lastDayOfCapacity, loadLaw, loadZiekenfondsen } from '@ziv/law'
import { familyNames, givenNames } from './names.ts'
import { type Random, randomOf } from './random.ts'
import { Serials } from './serials.ts'

/** The capacities that made-up persons can have. */
export type SyntheticCapacity =
  | 'EMPLOYEE'
  | 'SELF_EMPLOYED'
  | 'STUDENT'
  | 'RESIDENT'
  | 'DEPENDANT_CHILD'
  | 'DEPENDANT_SPOUSE'

/** A person of the small Belgium. Everything follows from the seed and the number; nothing is anybody real. */
export interface SyntheticPerson {
  readonly number: number
  readonly rowId: string
  readonly personId: string
  readonly insz: string
  readonly lastName: string
  readonly firstNames: string
  readonly birthDate: IsoDate
  readonly sex: 'M' | 'F'
  readonly insurer: string
  readonly ziekenfonds: string
  readonly capacity: SyntheticCapacity
  /** Day on which the quality was acquired and the request came in. */
  readonly joinsOn: IsoDate
  readonly holder: SyntheticPerson | null
  /** Employees: the employer and the wage of a quarter in cents. */
  readonly employer: SyntheticEmployer | null
  readonly quarterWageCents: number
  /** Last day of the capacity, when it ends within the horizon. */
  readonly capacityEndsOn: IsoDate | null
  readonly diesOn: IsoDate | null
  /** Increased intervention (VT) and global medical file. */
  readonly preferential: boolean
  readonly medicalFile: boolean
  /** How often the person needs care: claims per month. */
  readonly careRate: number
}

/** A made-up employer with valid numbers. */
export interface SyntheticEmployer {
  readonly number: number
  readonly rszNumber: string
  readonly kboNumber: string
  readonly small: boolean
}

export interface PopulationOptions {
  readonly persons: number
  readonly seed: number
  /** First day of the story; most persons are members from then on. */
  readonly from: IsoDate
  /** Last day of the story: nobody's life is told beyond it. */
  readonly to: IsoDate
  readonly insurers?: readonly string[]
}

/** Shares of the insurers on 30 June 2021, in hundredths of a percent. */
const shares: Readonly<Record<string, number>> = {
  100: 4036,
  200: 499,
  300: 2851,
  400: 475,
  500: 1949,
  600: 102,
  900: 88,
}
const EMPLOYEES_PER_EMPLOYER = 12

/** Persons in the order of their households, one at a time: memory does not grow with the population. */
export function* population(options: PopulationOptions): Generator<SyntheticPerson> {
  const region = regionOf(options)
  let number = 0
  for (let household = 0; number < options.persons; household += 1) {
    for (const person of householdOf(options, region, household, number)) {
      if (number === options.persons) return
      number += 1
      yield person
    }
  }
}

interface Region {
  readonly serials: Serials
  readonly insurers: readonly { readonly item: string; readonly weight: number }[]
  readonly funds: ReadonlyMap<string, readonly string[]>
}

function regionOf({ insurers, from, to }: PopulationOptions): Region {
  const register = loadZiekenfondsen()
  const wanted = insurers ?? Object.keys(shares)
  const funds = new Map(
    wanted.map((insurer) => {
      // funds that last through the story, so that nobody's fund merges away in the middle of it
      const lasting = register.on(from, insurer).filter((fund) => fund.to === undefined || fund.to > to)
      return [insurer, lasting.length === 0 ? [insurer] : lasting.map((fund) => fund.code)] as const
    }),
  )
  return {
    insurers: wanted.map((insurer) => ({ item: insurer, weight: shares[insurer] ?? 1 })),
    funds,
    serials: new Serials(),
  }
}

const households = [
  { item: 'single', weight: 38 },
  { item: 'couple', weight: 22 },
  { item: 'family', weight: 22 },
  { item: 'oneIncome', weight: 8 },
  { item: 'singleParent', weight: 7 },
  { item: 'student', weight: 3 },
] as const

const holderCapacities = [
  { item: 'EMPLOYEE', weight: 76 },
  { item: 'SELF_EMPLOYED', weight: 17 },
  { item: 'RESIDENT', weight: 7 },
] as const

function* householdOf(
  options: PopulationOptions,
  region: Region,
  household: number,
  first: number,
): Generator<SyntheticPerson> {
  const random = randomOf(options.seed, `household/${household}`)
  const insurer = random.weighted(region.insurers)
  const ziekenfonds = random.pick(region.funds.get(insurer) ?? [insurer])
  const kind = random.weighted(households)
  const joinsOn = random.chance(0.9)
    ? addDays(options.from, random.int(0, 20))
    : randomDay(random, options.from, addDays(options.to, -200))
  const common = {
    options,
    random,
    insurer,
    ziekenfonds,
    joinsOn,
    lastName: random.pick(familyNames),
    serials: region.serials,
  }
  let number = first
  const adult = (capacity: SyntheticCapacity, ages: readonly [number, number], holder: SyntheticPerson | null = null) =>
    personOf({ ...common, number: number++, capacity, ages, holder })
  if (kind === 'student') {
    yield adult('STUDENT', [18, 24])
    return
  }
  const holder = adult(insurer === '900' ? 'EMPLOYEE' : random.weighted(holderCapacities), [22, 63])
  yield holder
  if (kind === 'couple' || kind === 'family')
    yield adult(insurer === '900' ? 'EMPLOYEE' : random.weighted(holderCapacities), [22, 63])
  if (kind === 'oneIncome') yield adult('DEPENDANT_SPOUSE', [25, 63], holder)
  if (kind === 'single' || kind === 'couple') return
  const children = random.int(1, 3)
  for (let child = 0; child < children; child += 1) yield adult('DEPENDANT_CHILD', [0, 24], holder)
}

interface Making {
  readonly options: PopulationOptions
  readonly random: Random
  readonly number: number
  readonly capacity: SyntheticCapacity
  readonly ages: readonly [number, number]
  readonly holder: SyntheticPerson | null
  readonly insurer: string
  readonly ziekenfonds: string
  readonly joinsOn: IsoDate
  readonly lastName: string
  readonly serials: Serials
}

const randomDay = (random: Random, from: IsoDate, to: IsoDate): IsoDate =>
  dateOfDayNumber(random.int(dayNumber(from), Math.max(dayNumber(from), dayNumber(to))))

function personOf(making: Making): SyntheticPerson {
  const { options, random, number, capacity, ages, holder, joinsOn } = making
  const sex = random.chance(0.5) ? 'M' : 'F'
  const drawn = birthOf(random, options.from, ages)
  const birthDate = capacity === 'DEPENDANT_CHILD' ? youngEnough(drawn, joinsOn) : drawn
  const employed = capacity === 'EMPLOYEE'
  const smallJob = employed && random.chance(0.05)
  const ends =
    capacity !== 'DEPENDANT_CHILD' && random.chance(0.06) ? randomDay(random, addDays(joinsOn, 90), options.to) : null
  const dies = random.chance(0.02) ? randomDay(random, addDays(joinsOn, 40), options.to) : null
  return {
    number,
    rowId: `seed-${options.seed}-${number}`,
    personId: uuidV5(`population/${options.seed}/${number}`),
    insz: makeInsz(birthDate, making.serials.take(birthDate, sex, random.int(0, 497))),
    lastName: making.lastName,
    firstNames: random.pick(givenNames[sex]),
    birthDate,
    sex,
    insurer: making.insurer,
    ziekenfonds: making.ziekenfonds,
    capacity,
    joinsOn,
    holder,
    employer: employed ? employerOf(options, random) : null,
    quarterWageCents: !employed ? 0 : smallJob ? random.int(60_000, 150_000) : random.int(650_000, 1_900_000),
    capacityEndsOn: ends !== null && dies !== null && ends >= dies ? null : ends,
    diesOn: dies,
    preferential: random.chance(0.18),
    medicalFile: random.chance(0.7),
    careRate: random.chance(0.1) ? 0.35 : 0.06,
  }
}

function birthOf(random: Random, from: IsoDate, [youngest, oldest]: readonly [number, number]): IsoDate {
  const year = yearOf(from) - random.int(youngest, oldest) - 1
  const day = dateOfParts(year, random.int(1, 12), random.int(1, 28))
  return day > addYears(from, -youngest) ? addYears(day, -1) : day
}

/** A child that would be too old to depend on the day it joins is born as many years later as it takes. */
function youngEnough(birthDate: IsoDate, joinsOn: IsoDate): IsoDate {
  let born = birthDate
  const lastDay = (birthDate: IsoDate) =>
    lastDayOfCapacity({ capacity: 'DEPENDANT_CHILD', birthDate, from: birthDate, to: null }, loadLaw()) as IsoDate
  while (lastDay(born) < joinsOn) born = addYears(born, 1)
  return born
}

function employerOf(options: PopulationOptions, random: Random): SyntheticEmployer {
  const count = Math.max(3, Math.ceil(options.persons / 3 / EMPLOYEES_PER_EMPLOYER))
  // a few large employers, many small ones
  const number = Math.floor(random.next() ** 2 * count)
  return {
    number,
    rszNumber: makeRszNumber(1_000_000 + number),
    kboNumber: makeKboNumber(4_000_000 + number),
    small: number > count / 2,
  }
}
