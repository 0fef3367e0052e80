import { addDays, type IsoDate, isoDate } from '@ziv/kernel'
import { expect, inject, test } from 'vitest'
import { startTestSandbox } from '../test-sandbox.ts'
import { FUNDS, type History, historyOf, provider } from './history.ts'
import * as members from './member-steps.ts'

/** The last day that care is claimed for. */
const TODAY = isoDate('2026-03-02')

const { register, affiliate, acquire, endCapacity, endAffiliation, correctCapacity, addDependant, die } = members

/** What rights may say of a day of which reimbursement says this: it does not know what was refused, and may not say that it does. */
const agree: Readonly<Record<string, readonly string[]>> = {
  deceased: ['deceased'],
  notAffiliated: ['notAffiliated'],
  capacityPending: ['capacityPending'],
  noCapacity: ['noCapacity'],
  noRightKnown: ['waitingPeriod', 'renewalRefused', 'holderNotInOrder', 'rightEnded', 'capacityPending'],
  rightNotOpen: ['waitingPeriod', 'renewalRefused', 'holderNotInOrder', 'rightEnded', 'capacityPending'],
}

/** A capacity whose proof needs the word of the Immigration Office. */
const wait: members.Step = async (history) => {
  const person = members.somebody(history)
  if (person === null) return null
  const acquiredOn = members.someDay(history, 0)
  const document = { document: 'annex15', issuedOn: acquiredOn, box: 5, modelDate: acquiredOn }
  const evidence = [{ kind: 'residenceDocument', ...document }]
  return {
    url: `/affiliation/v1/persons/${person.personId}/capacities`,
    body: { kind: 'RESIDENT', acquiredOn, evidence },
  }
}

/** Somebody who has joined a fund and no capacity. */
const join: members.Step = async (history) => {
  const person = members.somebody(history)
  const from = members.someDay(history, 0)
  const url = `/affiliation/v1/persons/${person?.personId}/affiliations`
  return person && { url, body: { ziekenfonds: history.random.pick(FUNDS), from } }
}

/** Registers somebody, without more. */
const meet: members.Step = async (history) => {
  await register(history)
  return null
}

const STEPS = [
  meet,
  join,
  wait,
  wait,
  affiliate,
  affiliate,
  acquire,
  acquire,
  endCapacity,
  endAffiliation,
  correctCapacity,
]
const FEW = [addDependant, addDependant, die]

interface Line {
  readonly careDate: IsoDate
  readonly standing?: { readonly reason: string }
}

/** Claims care of many days at once; of each day that is refused for want of a right, why. */
async function claimed(history: History, ssin: string, days: readonly IsoDate[]): Promise<readonly Line[]> {
  const lines = days.map((careDate) => ({ nomenclature: '101032', careDate, askedCents: 2568 }))
  const body = { ssin, providerNumber: provider, lines }
  const { json } = await history.call({ url: '/reimbursement/v1/claims', body })
  const { rows } = await history.sandbox.databases.reimbursement.query<{ data: { lines: readonly Line[] } }>(
    'select data from es.events where stream_id = $1',
    [`claim-${json.claimId}`],
  )
  return rows[0]!.data.lines
}

/** The year turns: whoever has not contributed is refused it. */
async function turnYears(history: History): Promise<void> {
  const { sandbox } = history
  await sandbox.idle()
  for (const year of [2025, 2026]) {
    await sandbox.clock.moveTo(isoDate(`${year}-01-02`))
    const { json } = await history.call({ url: '/rights/v1/renewalRuns', body: { kind: 'renewal', year } })
    for (let state = ''; state !== 'done'; ) {
      state = (await history.call({ method: 'GET', url: `/rights/v1/renewalRuns/${json.runId}` })).json.state
    }
  }
  await sandbox.clock.moveTo(TODAY)
  await sandbox.idle()
}

/** Does what happens to people, refused or not. */
async function live(history: History, steps: readonly members.Step[]): Promise<void> {
  for (const step of steps) {
    const sent = await step(history)
    if (sent === null) continue
    const { status } = await history.call(sent)
    history.told.push(`${sent.url} ${JSON.stringify(sent.body)} -> ${status}`)
  }
}

/** The reasons that were told; throws where rights says another one. */
async function compared(history: History): Promise<ReadonlySet<string>> {
  const seen = new Set<string>()
  for (const { personId, ssin } of history.people) {
    const days = Array.from({ length: 12 }, (_, n) => addDays(TODAY, -n * 61))
    for (const { careDate, standing } of await claimed(history, ssin, days)) {
      // whether somebody is in order with another insurer is no question of rights
      if (standing === undefined || standing.reason === 'otherInsurer') continue
      const { json } = await history.call({
        url: '/rights/v1/insurability/query',
        body: { personId, asOf: careDate },
      })
      const about = `${personId} on ${careDate}: ${standing.reason}\n${history.told.join('\n')}`
      expect(agree[standing.reason], about).toContain(json.reason)
      seen.add(standing.reason)
    }
  }
  return seen
}

test.each([14, 15])(
  'whatever happened to people, care is refused for the reason that rights has: seed %i',
  async (seed) => {
    const postgresUrl = inject('zivPostgresUrl')
    const { sandbox, drop } = await startTestSandbox({ postgresUrl, startAt: isoDate('2024-03-11') })
    try {
      const history = historyOf(sandbox, seed)
      const { random } = history
      const any = (count: number): members.Step[] =>
        Array.from({ length: count }, () => (random.chance(0.2) ? random.pick(FEW) : random.pick(STEPS)))
      await live(history, [...Array.from({ length: 20 }, () => meet), ...any(150)])
      await turnYears(history)
      await live(history, any(80))
      await sandbox.idle()
      const seen = await compared(history)
      // that nothing was decided yet is told of a moment: here everything has come to rest
      const wanted = ['deceased', 'notAffiliated', 'capacityPending', 'noCapacity', 'rightNotOpen']
      expect(wanted.filter((reason) => !seen.has(reason))).toEqual([])
    } finally {
      await drop()
    }
  },
  240_000,
)
