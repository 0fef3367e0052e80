import { isoDate, makeRszNumber } from '@ziv/kernel'
import { type RepairKind, repairKinds } from '@ziv/law'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../test-sandbox.ts'
import { type History, historyOf, type Sent, type Somebody, ssinOf } from './history.ts'
import { proofOf } from './member-steps.ts'
import type { deedsOfYears } from './repair-deeds.ts'
import { carryOut, toldOf } from './repairs.ts'

const YEAR = 2023
let test: TestSandbox
let history: History
beforeAll(async () => {
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2025-11-03') })
  history = historyOf(test.sandbox, 1)
})
afterAll(() => test?.drop(), 60_000)

/** Somebody whose year 2023 asks for a repair of this kind: the capacities and since when, and what is known of the year. */
interface Situation {
  readonly capacities: readonly (readonly [kind: string, since: string])[]
  readonly known?: (person: Somebody) => readonly Sent[]
}

const slip = ({ ssin }: Somebody): Sent => ({
  url: '/contributions/v1/slips',
  body: { ssin, employerNumber: makeRszNumber(10_203), quarter: `${YEAR}Q4`, amountCents: 100_000 },
})
const asked = ({ personId }: Somebody): Sent => ({
  url: `/contributions/v1/persons/${personId}/referenceYears/${YEAR}/incomeProofRequests`,
  body: { askedOn: '2025-11-03', answerUntil: '2025-12-31' },
})
const resident: Situation = { capacities: [['RESIDENT', '2023-01-02']] }

const situations: Readonly<Record<keyof typeof deedsOfYears, Situation>> = {
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

/** Calls that have to be taken. */
async function send(...calls: readonly Sent[]): Promise<void> {
  for (const sent of calls) {
    const { status, json } = await history.call(sent)
    if (status >= 400) throw new Error(`${sent.url} ${JSON.stringify(sent.body)}: ${status} ${JSON.stringify(json)}`)
  }
  await history.sandbox.idle()
}

async function personIn({ capacities, known = () => [] }: Situation): Promise<Somebody> {
  const birthDate = isoDate('1980-05-05')
  const ssin = ssinOf(birthDate, history.next())
  const body = { ssin, lastName: 'Peeters', firstNames: 'An', birthDate }
  const { json } = await history.call({ url: '/affiliation/v1/persons', body })
  const person = { personId: json.personId as string, birthDate, ssin, erased: false }
  const url = `/affiliation/v1/persons/${person.personId}`
  for (const [index, [kind, since]] of capacities.entries()) {
    const acquiredOn = isoDate(since)
    const capacity = { kind, acquiredOn, requestedOn: acquiredOn, evidence: [proofOf(kind, acquiredOn)] }
    await send(
      index === 0
        ? { url: `${url}/affiliations`, body: { ziekenfonds: '306', capacity } }
        : { url: `${url}/capacities`, body: capacity },
    )
  }
  await send(...known(person))
  return person
}

it.for(Object.entries(situations))('%s is told, can be done as told, and turns the year', async ([kind, situation]) => {
  const person = await personIn(situation)
  const told = (await toldOf(history, person, YEAR)).find(({ repair }) => repair.kind === kind)
  expect(told?.repair.kind, JSON.stringify(await toldOf(history, person, YEAR))).toBe(kind)
  await carryOut(history, told!)
})

/** What no reference year asks for, with who asks it. */
const askedElsewhere: Readonly<Record<Exclude<RepairKind, keyof typeof deedsOfYears>, string>> = {
  openYear: 'a run-out that ended: opens by the repairs of its reference year',
  payLapsed: 'rights, of a registration that lapsed',
  payStage: 'rights, of a stage',
  proveStage: 'rights, of a stage',
  lowerIncome: 'affiliation, of a dependant',
  proveQuarterIncome: 'affiliation, of a dependant',
  endOtherPartner: 'affiliation, of a dependant',
  holderSpouseLeaves: 'affiliation, of a dependant',
  tellHolderSpouse: 'affiliation, of a dependant',
  tellAgreementTime: 'reimbursement, of a price',
  askAtMost: 'reimbursement, of a price',
}

it('every kind of repair is carried out here, or it is said who else asks it', () => {
  expect([...Object.keys(situations), ...Object.keys(askedElsewhere)].sort()).toEqual([...repairKinds].sort())
})
