import { isoDate } from '@ziv/kernel'
import type { RepairKind } from '@ziv/law'
import type { History, Sent, Somebody } from './history.ts'
import { proofOf } from './member-steps.ts'
import { centsIn, type deedsOfYears, slipOf } from './repair-deeds.ts'
import { personIn, sendAll } from './repair-situations.ts'

/** What was asked of somebody, in the words of the answer, and whether doing so gave what was refused before. */
interface Carried {
  readonly told: string
  readonly flipped: boolean
}
type Play = (history: History) => Promise<Carried>

const pay = ({ personId }: Somebody, quarter: string, amountCents: number, serial: number): Sent => ({
  url: '/contributions/v1/payments',
  body: { paymentId: `E-${serial}`, personId, quarter, amountCents, receivedOn: '2025-11-03' },
})

/** A student whose contributions of 2021 were never paid, and who registers again. */
const lapsed = (history: History, ...again: readonly [since: string, until?: string]): Promise<Somebody> =>
  personIn(history, {
    capacities: [
      ['STUDENT', '2020-01-01', '2021-12-31'],
      ['STUDENT', ...again],
    ],
  })

/** Asks for the right on a day, does what the repair of the kind says, and asks again. */
const ofRights =
  (kind: RepairKind, day: string, who: (history: History) => Promise<Somebody>, deed: Deed): Play =>
  async (history) => {
    const person = await who(history)
    const ask = async () => {
      const body = { personId: person.personId, asOf: day, explain: true }
      return (await history.call({ url: '/rights/v1/insurability/query', body })).json
    }
    const before = await ask()
    const repair = (before.decision?.repairs ?? []).find((one: { readonly kind: string }) => one.kind === kind)
    if (repair === undefined) return { told: JSON.stringify(before), flipped: false }
    await sendAll(history, ...deed(person, repair.text, history))
    return { told: kind, flipped: before.inOrder === false && (await ask()).inOrder === true }
  }
type Deed = (person: Somebody, text: string, history: History) => readonly Sent[]

const theDay = '2025-10-06'
const marriage = { kind: 'marriageCertificate', marriedOn: theDay, foreign: false }
const incomeOf = (grossCents: number) => ({
  ...{ kind: 'incomeProof', quarter: '2025Q4', grossCents, source: 'wageSlips', ownFreeRight: false },
})
const household = (holderSpouseInHousehold?: boolean) => ({
  ...{ kind: 'householdComposition', issuedOn: theDay, sameAddress: true },
  ...(holderSpouseInHousehold === undefined ? {} : { holderSpouseInHousehold }),
})
const partner = async (history: History): Promise<Somebody> => await personIn(history, { capacities: [] })
const holder = async (history: History): Promise<Somebody> =>
  await personIn(history, { capacities: [['EMPLOYEE', '2020-01-02']] })

/** Asks for a partner as a dependant with proofs that do not admit, and with those that the refusal asks for. */
const ofPartner =
  (partnership: 'married' | 'cohabiting', given: readonly object[], asked: readonly object[]): Play =>
  async (history) => {
    const [{ personId }, dependant] = [await holder(history), await partner(history)]
    const ask = (evidence: readonly object[]) =>
      history.call({
        url: `/affiliation/v1/persons/${personId}/dependants`,
        body: {
          ...{ dependantPersonId: dependant.personId, kind: 'DEPENDANT_SPOUSE', acquiredOn: theDay },
          ...{ partnership, evidence },
        },
      })
    const refused = await ask(given)
    const taken = await ask(asked)
    return { told: JSON.stringify(refused.json), flipped: refused.status >= 400 && taken.status === 201 }
  }

/** A second partner is refused until the first depends no longer. */
const otherPartner: Play = async (history) => {
  const [{ personId }, first, second] = [await holder(history), await partner(history), await partner(history)]
  const ask = (one: Somebody, acquiredOn: string) =>
    history.call({
      url: `/affiliation/v1/persons/${personId}/dependants`,
      body: {
        ...{ dependantPersonId: one.personId, kind: 'DEPENDANT_SPOUSE', acquiredOn },
        evidence: [{ ...marriage, marriedOn: acquiredOn }, household(), incomeOf(0)],
      },
    })
  const { json } = await ask(first, theDay)
  const refused = await ask(second, '2025-10-20')
  const end = `/affiliation/v1/persons/${first.personId}/capacities/${json.capacityId}/end`
  await sendAll(history, { url: end, body: { to: '2025-10-19' } })
  const taken = await ask(second, '2025-10-20')
  return { told: JSON.stringify(refused.json), flipped: refused.status >= 400 && taken.status === 201 }
}

/** Asks for the price of a line of care, and again with what its repair says. */
const ofPrice =
  (convention: string, mended: (text: string) => object): Play =>
  async (history) => {
    const line = { nomenclature: '101076', careDate: '2024-03-01', convention, askedCents: 4_000 }
    const ask = async (more = {}) =>
      (await history.call({ url: '/reimbursement/v1/tariffs/query', body: { ...line, ...more } })).json
    const before = await ask()
    const [repair] = before.repairs
    const after = await ask(mended(repair.text))
    const flipped = before.supplementAllowed !== true && after.repairs.length === 0
    return { told: repair.kind, flipped: flipped && after.supplementAllowed === true }
  }

const workIn2025 = ({ personId, ssin }: Somebody): readonly Sent[] => {
  const acquiredOn = isoDate('2025-01-02')
  const work = { kind: 'EMPLOYEE', acquiredOn, evidence: [proofOf('EMPLOYEE', acquiredOn)] }
  return [{ url: `/affiliation/v1/persons/${personId}/capacities`, body: work }, slipOf(ssin, '2025Q1')]
}

/** Every kind of repair that no reference year asks for: how it is told, and how carrying it out turns the answer. */
export const repairsElsewhere: Readonly<
  Record<Exclude<RepairKind, keyof typeof deedsOfYears>, { readonly told: string; readonly play: Play }>
> = {
  payLapsed: {
    told: 'payLapsed',
    play: ofRights(
      'payLapsed',
      '2025-03-01',
      (history) => lapsed(history, '2025-01-01'),
      (person, text, history) => [pay(person, '2021Q1', centsIn(text).at(-1) as number, history.next())],
    ),
  },
  payStage: {
    told: 'payStage',
    play: ofRights(
      'payStage',
      '2025-07-01',
      (history) => lapsed(history, '2025-01-01'),
      (person, text, history) => [pay(person, '2025Q1', centsIn(text).at(-1) as number, history.next())],
    ),
  },
  proveStage: {
    told: 'proveStage',
    play: ofRights(
      'proveStage',
      '2025-04-01',
      async (history) => {
        const person = await lapsed(history, '2024-10-01', '2024-12-31')
        await sendAll(history, pay(person, '2024Q4', 30_000, history.next()))
        return person
      },
      workIn2025,
    ),
  },
  proveQuarterIncome: {
    told: 'incomeProof',
    play: ofPartner('married', [marriage, household()], [marriage, household(), incomeOf(0)]),
  },
  lowerIncome: {
    told: 'incomeAboveCeiling',
    play: ofPartner(
      'married',
      [marriage, household(), incomeOf(500_000)],
      [marriage, household(), { ...incomeOf(100), quarter: '2025Q3' }],
    ),
  },
  endOtherPartner: { told: 'partnerAlreadyDependant', play: otherPartner },
  holderSpouseLeaves: {
    told: 'cohabitantExcludedBySpouse',
    play: ofPartner('cohabiting', [household(true), incomeOf(0)], [household(false), incomeOf(0)]),
  },
  tellHolderSpouse: {
    told: 'holderSpouseInHousehold',
    play: ofPartner('cohabiting', [household(), incomeOf(0)], [household(false), incomeOf(0)]),
  },
  tellAgreementTime: { told: 'tellAgreementTime', play: ofPrice('partial', () => ({ withinAgreement: false })) },
  askAtMost: { told: 'askAtMost', play: ofPrice('conventioned', (text) => ({ askedCents: centsIn(text)[0] })) },
}
