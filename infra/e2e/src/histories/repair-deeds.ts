import { addDays, type IsoDate, isoDate, makeRszNumber } from '@ziv/kernel'
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
}

const centsIn = (text: string): number[] =>
  [...text.matchAll(/(\d[\d.,\s]*[.,]\d{2})/g)].map(([amount]) => Number(amount.replaceAll(/\D/g, '')))
const quartersIn = (text: string): string[] => text.match(/\d{4}Q\d/g) ?? []

const isMet: Deed['done'] = ({ assessment }) => assessment.met
const isAskedNoMore: Deed['done'] = ({ repairs }, { repair }) => repairs.every(({ kind }) => kind !== repair.kind)
/** Another of the repairs leads on: of a year that is met nothing is asked. */
const leadsOn: Deed['done'] = (after, told) => isMet(after, told) || isAskedNoMore(after, told)

/** One payment, of the amount that the words of the repair name at this place. For several quarters one is worth as much as one for each. */
const pays = (place: number, quarterOf: (told: Told) => string | undefined): Deed => ({
  calls: (history, told) => {
    const { personId } = told.person
    const paymentId = `R-${history.seed}-${history.next()}`
    const amountCents = centsIn(told.repair.text).at(place)
    const receivedOn = history.sandbox.clock.today()
    const body = { paymentId, personId, quarter: quarterOf(told), amountCents, receivedOn }
    return [{ url: '/contributions/v1/payments', body }]
  },
  done: isMet,
})
const firstQuarter = ({ repair }: Told): string | undefined => quartersIn(repair.text)[0]

const personUrl = ({ person }: Told): string => `/affiliation/v1/persons/${person.personId}`
const yearUrl = ({ person, year }: Told): string =>
  `/contributions/v1/persons/${person.personId}/referenceYears/${year}`
const employer = makeRszNumber(10_203)

interface Held {
  readonly capacityId: string
  readonly capacity: string
  readonly acquiredOn: string
}

/** A contribution is due for work whenever it began; when others began to be insured, the day of their request decides too. */
const WORK = ['EMPLOYEE', 'SELF_EMPLOYED']

/** Work of the person that began after the year is proved to have begun in it; who has none is given some. */
async function workEarlier(history: History, told: Told): Promise<readonly Sent[]> {
  const acquiredOn = isoDate(`${told.year}-12-31`)
  const { json } = await history.call({ method: 'GET', url: personUrl(told) })
  const [later] = (json.capacities as readonly Held[])
    .filter((held) => held.acquiredOn > acquiredOn && WORK.includes(held.capacity))
    .toSorted((a, b) => (a.acquiredOn < b.acquiredOn ? -1 : 1))
  const [work, affiliations] = [`${personUrl(told)}/capacities`, `${personUrl(told)}/affiliations`]
  const kind = later?.capacity ?? 'EMPLOYEE'
  const proved = { acquiredOn, evidence: [proofOf(kind, acquiredOn)] }
  if (later !== undefined) return [{ url: `${work}/${later.capacityId}/corrections`, body: { ...proved, reason } }]
  const newest = (json.affiliations as readonly { affiliationId: string; from: string }[]).at(-1)
  if (newest === undefined) return [{ url: affiliations, body: { ziekenfonds: '306', capacity: { kind, ...proved } } }]
  const earlier = {
    url: `${affiliations}/${newest.affiliationId}/corrections`,
    body: { from: quarterDay(acquiredOn), reason },
  }
  return [...(newest.from > acquiredOn ? [earlier] : []), { url: work, body: { kind, ...proved } }]
}

const reason = 'clericalError'
/** Work begins to count on the first day of its quarter. */
const quarterDay = (day: IsoDate): string => `${day.slice(0, 4)}-10-01`

/** More wage in a quarter than the minimum of a year asks. */
const WAGE_CENTS = 1_500_000

/** What carries out each repair that the answer about a reference year tells. */
export const deedsOfYears = {
  payComplement: pays(1, ({ year }) => `${year}Q4`),
  payQuarters: pays(0, firstQuarter),
  payQuartersAndComplement: pays(-1, firstQuarter),
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
    calls: (_history, { person: { ssin }, year }) =>
      [1, 2, 3, 4].map((quarter) => ({
        url: '/contributions/v1/slips',
        body: { ssin, employerNumber: employer, quarter: `${year}Q${quarter}`, amountCents: WAGE_CENTS },
      })),
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
    calls: (_history, told) => {
      const acquiredOn = `${told.year}-01-01`
      const evidence = [{ kind: 'nationalRegisterEntry', registeredOn: acquiredOn }]
      const body = { kind: 'RESIDENT', acquiredOn, repairsYear: told.year, evidence }
      return [{ url: `${personUrl(told)}/capacities`, body }]
    },
    done: leadsOn,
  },
  affiliateEarlier: { calls: workEarlier, done: leadsOn },
  proveCapacity: { calls: workEarlier, done: leadsOn },
} as const satisfies Partial<Record<RepairKind, Deed>>

/** What a person's file may refuse a deed for, which the year of contributions cannot know. */
export const barred: Readonly<Partial<Record<RepairKind, readonly string[]>>> = {
  residentRegistration: ['capacityOverlaps', 'residenceUnproven'],
  // the days of the year are with nobody here, or with another affiliation
  proveCapacity: ['notAffiliated', 'affiliationOverlaps'],
}
