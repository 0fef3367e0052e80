import { isoDate } from '@ziv/kernel'
import { type History, type Sent, type Somebody, ssinOf } from './history.ts'
import { proofOf } from './member-steps.ts'
import { type deedsOfYears, slipOf } from './repair-deeds.ts'

/** The reference year that every situation is about. */
export const YEAR = 2023

/** Somebody who asks for a repair: the capacities with their days, and what is known of the year. */
export interface Situation {
  readonly capacities: readonly (readonly [kind: string, since: string, until?: string])[]
  readonly known?: (person: Somebody) => readonly Sent[]
}

const slip = ({ ssin }: Somebody): Sent => slipOf(ssin, `${YEAR}Q4`, 100_000)
const asked = ({ personId }: Somebody): Sent => ({
  url: `/contributions/v1/persons/${personId}/referenceYears/${YEAR}/incomeProofRequests`,
  body: { askedOn: '2025-11-03', answerUntil: '2025-12-31' },
})
const resident: Situation = { capacities: [['RESIDENT', '2023-01-02']] }

/** A person for each kind of repair that a reference year asks for. */
export const situations: Readonly<Record<keyof typeof deedsOfYears, Situation>> = {
  payComplement: { capacities: [['EMPLOYEE', '2023-01-02']], known: (person) => [slip(person)] },
  residentRegistration: { capacities: [['EMPLOYEE', '2023-01-02']], known: (person) => [slip(person)] },
  proveContributions: { capacities: [['EMPLOYEE', '2023-01-02']] },
  attestQuarters: { capacities: [['SELF_EMPLOYED', '2023-01-02']] },
  payQuarters: resident,
  proveIncome: resident,
  proveIncomeAsked: { ...resident, known: (person) => [asked(person)] },
  payQuartersAndComplement: {
    capacities: [
      ['EMPLOYEE', '2023-01-02'],
      ['STUDENT', '2023-10-02'],
    ],
    known: (person) => [slip(person)],
  },
  affiliateEarlier: { capacities: [['EMPLOYEE', '2024-02-01']] },
  proveCapacity: { capacities: [['EMPLOYEE', '2024-02-01']] },
}

const attest = ({ ssin }: Somebody, quarter: string): Sent => ({
  url: '/contributions/v1/selfEmployedAttests',
  body: { ssin, fundNumber: '005', quarter, status: 'paid', amountCents: 90_000 },
})
const payment = ({ personId, ssin }: Somebody, amountCents: number): Sent => ({
  url: '/contributions/v1/payments',
  body: { paymentId: `S-${ssin}`, personId, quarter: `${YEAR}Q1`, amountCents, receivedOn: '2025-11-03' },
})

/** People who are covered or paid for a part of the year, with what a registration as resident for it still costs, in cents. */
export const partlyCovered: readonly (readonly [costs: number, Situation])[] = [
  [275_368, { capacities: [['SELF_EMPLOYED', '2023-01-02']] }],
  [
    137_684,
    {
      capacities: [['SELF_EMPLOYED', '2023-01-02']],
      known: (person) => [attest(person, `${YEAR}Q1`), attest(person, `${YEAR}Q3`)],
    },
  ],
  [137_684, { capacities: [['EMPLOYEE', '2023-01-02']], known: ({ ssin }) => [slipOf(ssin, `${YEAR}Q4`, 500_000)] }],
  [
    68_842,
    {
      capacities: [
        ['STUDENT', '2023-01-02', '2023-09-30'],
        ['EMPLOYEE', '2023-10-02'],
      ],
      known: (person) => [slip(person), payment(person, 3 * 5_836)],
    },
  ],
]

/** Sends calls that have to be taken. Throws with the first that is refused. */
export async function sendAll(history: History, ...calls: readonly Sent[]): Promise<void> {
  for (const sent of calls) {
    const { status, json } = await history.call(sent)
    if (status >= 400) throw new Error(`${sent.url} ${JSON.stringify(sent.body)}: ${status} ${JSON.stringify(json)}`)
  }
  await history.sandbox.idle()
}

/** Registers somebody in a situation. */
export async function personIn(history: History, { capacities, known = () => [] }: Situation): Promise<Somebody> {
  const birthDate = isoDate('1980-05-05')
  const ssin = ssinOf(birthDate, history.next())
  const body = { ssin, lastName: 'Peeters', firstNames: 'An', birthDate }
  const { json } = await history.call({ url: '/affiliation/v1/persons', body })
  const person = { personId: json.personId as string, birthDate, ssin, erased: false }
  const url = `/affiliation/v1/persons/${person.personId}`
  for (const [index, [kind, since, until]] of capacities.entries()) {
    const acquiredOn = isoDate(since)
    const capacity = { kind, acquiredOn, requestedOn: acquiredOn, evidence: [proofOf(kind, acquiredOn)] }
    const asked = index === 0 ? { ziekenfonds: '306', capacity } : capacity
    await sendAll(history, { url: `${url}/${index === 0 ? 'affiliations' : 'capacities'}`, body: asked })
    if (until === undefined) continue
    const { json: view } = await history.call({ method: 'GET', url })
    const { capacityId } = view.capacities.at(-1)
    await sendAll(history, { url: `${url}/capacities/${capacityId}/end`, body: { to: until } })
  }
  await sendAll(history, ...known(person))
  return person
}
