import { writeEfact } from '@ziv/formats'
import { addDays, addMonths, cents, type IsoDate, makeRszNumber, quarterOf } from '@ziv/kernel'
import { textOf } from '../api.ts'
import { type History, LAST_DAY, provider } from './history.ts'
import { type Step, somebody, someDay } from './member-steps.ts'

const yearOf = (day: IsoDate): number => Number(day.slice(0, 4))

const slipOf = (history: History, ssin: string) => ({
  ...{ ssin, employerNumber: makeRszNumber(10_203 + history.random.int(0, 1)), quarter: quarterOf(someDay(history)) },
  amountCents: history.random.int(0, 900_000),
})

export const slip: Step = async (history) => {
  const person = somebody(history)
  return person && { url: '/contributions/v1/slips', body: slipOf(history, person.ssin) }
}

/** A file of slips: of some who are known, and of somebody who may come later. */
export const slipFile: Step = async (history) => {
  const lines = history.people.filter(() => history.random.chance(0.5)).map(({ ssin }) => slipOf(history, ssin))
  if (lines.length === 0) return null
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  return { url: '/contributions/v1/slipIntakes', body, type: 'application/x-ndjson' }
}

export const attest: Step = async (history) => {
  const person = somebody(history)
  const { random } = history
  const status = random.pick(['paid', 'dispensed', 'assimilated', 'unpaid'])
  const content = {
    fundNumber: '005',
    quarter: quarterOf(someDay(history)),
    status,
    amountCents: random.int(0, 90_000),
  }
  return person && { url: '/contributions/v1/selfEmployedAttests', body: { ssin: person.ssin, ...content } }
}

export const payment: Step = async (history) => {
  const person = somebody(history)
  if (person === null) return null
  const { personId } = person
  const content = { amountCents: history.random.int(1, 80_000), receivedOn: someDay(history) }
  const paymentId = `P-${history.seed}-${history.next()}`
  return {
    url: '/contributions/v1/payments',
    body: { paymentId, personId, quarter: quarterOf(someDay(history)), ...content },
  }
}

/** Asks somebody for proof of the family income of a year, with a term that is too short now and then. */
export const askIncome: Step = async (history) => {
  const person = somebody(history)
  if (person === null) return null
  const askedOn = someDay(history)
  const body = { askedOn, answerUntil: addDays(askedOn, history.random.int(20, 120)) }
  return { url: `${yearUrlOf(history, person.personId)}/incomeProofRequests`, body }
}

/** Closes such a request. */
export const closeIncome: Step = async (history) => {
  const person = somebody(history)
  const body = { outcome: history.random.pick(['notGiven', 'full']) }
  return person && { url: `${yearUrlOf(history, person.personId)}/incomeProofDecisions`, body }
}

const yearUrlOf = ({ sandbox, random }: History, personId: string): string =>
  `/contributions/v1/persons/${personId}/referenceYears/${yearOf(sandbox.clock.today()) - random.int(0, 2)}`

export const settleContributions: Step = async ({ sandbox }) => ({
  url: '/contributions/v1/settlementRuns',
  body: { year: yearOf(sandbox.clock.today()) - 1 },
})

export const renew: Step = async ({ sandbox, random }) => ({
  url: '/rights/v1/renewalRuns',
  body: {
    kind: random.pick(['renewal', 'renewal', 'warning']),
    year: yearOf(sandbox.clock.today()) + random.int(0, 1),
  },
})

export const claim: Step = async (history) => {
  const person = somebody(history)
  const lines = [{ nomenclature: '101032', careDate: someDay(history), askedCents: history.random.int(1_000, 4_000) }]
  return person && { url: '/reimbursement/v1/claims', body: { ssin: person.ssin, providerNumber: provider, lines } }
}

export const billFile: Step = async (history) => {
  const person = somebody(history)
  if (person === null) return null
  const day = someDay(history, 0)
  const number = history.next()
  const service = {
    ...{ code: '101032', from: day, provider, reference: `r${number}`, convention: 1 as const },
    ...{ insuranceCents: cents(2_600), patientCents: cents(400), supplementCents: cents(0) },
  }
  const invoice = {
    ...{ ziekenfonds: '306', insz: person.ssin, sex: 'M' as const, ct1: '110', ct2: '110', invoiceDate: day },
    ...{
      invoiceNumber: String(number).padStart(8, '0'),
      reference: `i${number}`,
      billingInstitution: provider,
      services: [service],
    },
  }
  const today = history.sandbox.clock.today()
  const body = Buffer.from(
    await textOf(
      writeEfact({
        ...{
          senderReference: String(number),
          invoicingMonth: today.slice(0, 7),
          sendNumber: 1 + (number % 900),
          createdOn: today,
        },
        ...{ fileReference: `F${number}`, thirdPartyNumber: provider, bic: 'GKCCBEBB', iban: 'BE68539007547034' },
        invoices: [invoice],
      }),
    ),
  )
  return { url: '/reimbursement/v1/invoiceFiles', body, type: 'application/octet-stream' }
}

export const giveStatus: Step = async (history) => {
  const person = somebody(history)
  const body = {
    kind: history.random.pick(['increasedIntervention', 'globalMedicalFile', 'chronicIllness']),
    from: someDay(history),
    evidence: 'OCMW 1',
  }
  return person && { url: `/reimbursement/v1/persons/${person.personId}/statuses`, body }
}

/** Submits a return of the month before, and accepts it now and then. */
export const reportMonth: Step = async (history) => {
  const month = addMonths(history.sandbox.clock.today(), -1).slice(0, 7)
  const sent = {
    url: '/landsbond/v1/returns',
    body: { ziekenfonds: history.random.pick(['306', '501', '101']), month },
  }
  const { status, json } = await history.call(sent)
  if (status >= 400) return sent
  const verdict = history.random.chance(0.7)
    ? { url: 'acceptance' }
    : { url: 'refusal', body: { reason: 'Claims are missing.' } }
  return { ...verdict, url: `/landsbond/v1/returns/${json.returnId}/${verdict.url}` }
}

export const receive: Step = async (history) => {
  const { sandbox, random } = history
  const today = sandbox.clock.today()
  const reference = `R-${history.seed}-${history.next()}`
  const source = random.pick(['rsz', 'selfEmployedFunds'])
  return {
    url: '/riziv/v1/receipts',
    body: { source, amountCents: random.int(1, 9_000_000), receivedOn: today, reference },
  }
}

export const budget: Step = async ({ sandbox, random }) => ({
  url: '/riziv/v1/budgets',
  body: { year: yearOf(sandbox.clock.today()), objectiveCents: random.int(0, 5_000_000) },
})

export const distribute: Step = async ({ sandbox, random }) => {
  const today = sandbox.clock.today()
  const kinds = [
    { kind: 'advance', month: today.slice(0, 7) },
    { kind: 'settlement', year: yearOf(today) - 1 },
  ]
  return { url: '/riziv/v1/distributions', body: random.pick(kinds) }
}

/** Days pass. */
export const live: Step = async ({ sandbox, random }) => {
  const day = addDays(sandbox.clock.today(), random.chance(0.2) ? random.int(60, 200) : random.int(1, 40))
  if (day <= LAST_DAY) await sandbox.clock.moveTo(day)
  return null
}
