import { addDays, isoDate, makeRszNumber, minDate } from '@ziv/kernel'
import type { RepairKind } from '@ziv/law'
import type { History, Sent, Somebody } from './history.ts'
import { proofOf } from './member-steps.ts'

/** A repair as an answer tells it. */
export interface Repair {
  readonly kind: RepairKind
  readonly text: string
  readonly until?: string
}

/** A reference year as contributions answer it. */
export interface ReferenceYear {
  readonly assessment: { readonly met: boolean; readonly shortCents: number; readonly awaits?: string }
  readonly repairs: readonly Repair[]
}

/** Whose year asks for what. */
export interface Told {
  readonly person: Somebody
  readonly year: number
  readonly repair: Repair
}

/** How a repair is carried out over the APIs, and whether the year, asked again, shows that it was. */
export interface Deed {
  readonly calls: (history: History, told: Told) => readonly Sent[] | Promise<readonly Sent[]>
  readonly done: (after: ReferenceYear, told: Told) => boolean
  /** What the repair asks for after that, once every service knows of it. */
  readonly next?: Deed
}

/** Amounts that a text names, in cents. */
export const centsIn = (text: string): number[] =>
  [...text.matchAll(/(\d[\d.,\s]*[.,]\d{2})/g)].map(([amount]) => Number(amount.replaceAll(/\D/g, '')))
/** The quarters that a sentence names as people read them: "the 1st, 2nd and 4th quarters of 2023". */
const quartersIn = (text: string): string[] =>
  Array.from(text.matchAll(/((?:\d(?:st|nd|rd|th)(?:, | and )?)+) quarters? of (\d{4})/g)).flatMap(
    ([, ordinals, year]) => Array.from(ordinals!.matchAll(/\d/g), ([number]) => `${year}Q${number}`),
  )

const isMet: Deed['done'] = ({ assessment }) => assessment.met
const isAskedNoMore: Deed['done'] = ({ repairs }, { repair }) => repairs.every(({ kind }) => kind !== repair.kind)
/** Another of the repairs leads on: of a year that is met nothing is asked. */
const leadsOn: Deed['done'] = (after, told) => isMet(after, told) || isAskedNoMore(after, told)

/** One payment. For several quarters one is worth as much as one for each. */
const pays = (centsOf: (told: Told) => number, quarterOf: (told: Told) => string | undefined): Deed => ({
  calls: (history, told) => {
    const { personId } = told.person
    const paymentId = `R-${history.seed}-${history.next()}`
    const amountCents = centsOf(told)
    if (amountCents === 0) return []
    const receivedOn = history.sandbox.clock.today()
    const body = { paymentId, personId, quarter: quarterOf(told), amountCents, receivedOn }
    return [{ url: '/contributions/v1/payments', body }]
  },
  done: isMet,
})
/** The amount that the words of the repair name at this place. */
const toldAt =
  (place: number) =>
  ({ repair }: Told): number =>
    centsIn(repair.text).at(place) as number
const firstQuarter = ({ repair }: Told): string | undefined => quartersIn(repair.text)[0]
const lastQuarter = ({ year }: Told): string => `${year}Q4`

/** What is told of a registration as resident is paid but for a cent, which meets no year, and then that cent. */
const isFree = (told: Told): boolean => toldAt(-1)(told) === 0
const paysAllButOneCent: Deed = {
  ...pays((told) => Math.max(0, toldAt(-1)(told) - 1), lastQuarter),
  done: (after, told) => isMet(after, told) === isFree(told),
  next: pays((told) => Math.min(1, toldAt(-1)(told)), lastQuarter),
}

const personUrl = ({ person }: Told): string => `/affiliation/v1/persons/${person.personId}`
const yearUrl = ({ person, year }: Told): string =>
  `/contributions/v1/persons/${person.personId}/referenceYears/${year}`
const employer = makeRszNumber(10_203)

interface Held {
  readonly capacityId: string
  readonly affiliationId: string
  readonly capacity: string
  readonly acquiredOn: string
  readonly from?: string
  readonly to?: string | null
}

interface Affiliated {
  readonly affiliationId: string
  readonly from: string
  readonly to?: string | null
}

/** A contribution is due for work whenever it began; when others began to be insured, the day of their request decides too. */
const WORK = ['EMPLOYEE', 'SELF_EMPLOYED']

/** Work that began after the year is proved to have begun in it; who has none is given some; what ended before it ended in it. */
async function workEarlier(history: History, told: Told): Promise<readonly Sent[]> {
  const [first, last] = [`${told.year}-01-01`, isoDate(`${told.year}-12-31`)]
  const { json } = await history.call({ method: 'GET', url: personUrl(told) })
  const affiliations = json.affiliations as readonly Affiliated[]
  const held = json.capacities as readonly Held[]
  const homeOf = (one: Held) => affiliations.find(({ affiliationId }) => affiliationId === one.affiliationId)
  /** Whether every affiliation, or every one before this, ended before the year does. */
  const leaveRoom = (before = '9999') => affiliations.every(({ from, to }) => from >= before || !to || to < last)
  const [work, affiliate] = [`${personUrl(told)}/capacities`, `${personUrl(told)}/affiliations`]
  const correct = (one: Held, claim: object): Sent[] => [
    { url: `${work}/${one.capacityId}/corrections`, body: { ...claim, reason: 'clericalError' } },
  ]
  const proved = (kind: string) => ({ acquiredOn: last, evidence: [proofOf(kind, last)] })
  const [later] = held
    .filter((one) => one.acquiredOn > last && WORK.includes(one.capacity) && leaveRoom(homeOf(one)?.from))
    .toSorted((a, b) => (a.acquiredOn < b.acquiredOn ? -1 : 1))
  if (later !== undefined) return correct(later, proved(later.capacity))
  /** Work in an affiliation that ended in the year: nobody else may take somebody in who left a moment before. */
  const inEnded = (): Sent[] | null => {
    const [end] = affiliations.flatMap(({ to }) => (to && to >= first ? [isoDate(to)] : [])).toSorted()
    const kind = WORK.find((code) =>
      held.every(({ capacity, from }) => capacity !== code || (end && from && from > end)),
    )
    if (end === undefined || kind === undefined || affiliations.some(({ to }) => !to)) return null
    const acquiredOn = minDate(end, last)
    return [{ url: work, body: { kind, acquiredOn, evidence: [proofOf(kind, acquiredOn)] } }]
  }
  if (leaveRoom()) {
    const capacity = { kind: 'EMPLOYEE', ...proved('EMPLOYEE') }
    if (affiliations.some(({ to }) => !to)) return [{ url: work, body: capacity }]
    return inEnded() ?? [{ url: affiliate, body: { ziekenfonds: '306', capacity } }]
  }
  const earlier = held.find((one) => one.to && one.to < first && !((homeOf(one)?.to ?? last) < first))
  if (earlier === undefined) {
    const late = inEnded()
    if (late === null) throw new Error(`no capacity can be proved: ${JSON.stringify(json)}`)
    return late
  }
  const until = homeOf(earlier)?.to ?? last
  return correct(earlier, { to: minDate(isoDate(until), last) })
}

/** More wage in a quarter than the minimum of a year asks. */
const WAGE_CENTS = 1_500_000

/** The slip of a quarter. */
export const slipOf = (ssin: string, quarter: string, amountCents = WAGE_CENTS): Sent => ({
  url: '/contributions/v1/slips',
  body: { ssin, employerNumber: employer, quarter, amountCents },
})

/** What carries out each repair that the answer about a reference year tells. */
export const deedsOfYears = {
  payComplement: pays(toldAt(1), lastQuarter),
  payQuarters: pays(toldAt(0), firstQuarter),
  payQuartersAndComplement: pays(toldAt(-1), firstQuarter),
  attestQuarters: {
    calls: (_history, { person: { ssin }, repair }) =>
      quartersIn(repair.text).map((quarter) => ({
        url: '/contributions/v1/selfEmployedAttests',
        body: { ssin, fundNumber: '005', quarter, status: 'paid', amountCents: 90_000 },
      })),
    // another capacity of the year may ask for more
    done: leadsOn,
  },
  proveContributions: {
    calls: (_history, { person: { ssin }, year }) => [1, 2, 3, 4].map((quarter) => slipOf(ssin, `${year}Q${quarter}`)),
    done: isMet,
  },
  proveIncome: {
    calls: ({ sandbox }, told) => {
      const askedOn = sandbox.clock.today()
      const body = { askedOn, answerUntil: addDays(askedOn, 60) }
      return [{ url: `${yearUrl(told)}/incomeProofRequests`, body }]
    },
    done: ({ repairs }) => repairs[0]?.kind === 'proveIncomeAsked',
  },
  proveIncomeAsked: {
    calls: (_history, told) => [{ url: `${yearUrl(told)}/incomeProofDecisions`, body: { outcome: 'full' } }],
    done: (after) => after.assessment.awaits === undefined && after.repairs[0]?.kind !== 'proveIncomeAsked',
  },
  residentRegistration: {
    calls: async (history, told) => {
      const { json } = await history.call({ method: 'GET', url: personUrl(told) })
      // somebody born in the year is a resident from that day
      const acquiredOn = [`${told.year}-01-01`, json.birthDate as string].toSorted().at(-1)
      const evidence = [{ kind: 'nationalRegisterEntry', registeredOn: acquiredOn }]
      const body = { kind: 'RESIDENT', acquiredOn, repairsYear: told.year, evidence }
      return [{ url: `${personUrl(told)}/capacities`, body }]
    },
    done: (after, told) => isAskedNoMore(after, told) && isMet(after, told) === isFree(told),
    next: paysAllButOneCent,
  },
  affiliateEarlier: { calls: workEarlier, done: leadsOn },
  proveCapacity: { calls: workEarlier, done: leadsOn },
} as const satisfies Partial<Record<RepairKind, Deed>>
