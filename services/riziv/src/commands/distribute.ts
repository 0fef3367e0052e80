import { advancePaid, settlementClosed } from '@ziv/contracts'
import { sumCents, uuidV5 } from '@ziv/kernel'
import { draft } from '@ziv/messaging'
import { advance, advancesOfMonth } from '../domain/advance.ts'
import { accounts } from '../domain/ledger.ts'
import { settlement } from '../domain/settlement.ts'
import {
  actualExpenditure,
  advancedFor,
  balanceOf,
  book,
  distributionsOf,
  findDistribution,
  type StoredDistribution,
  saveDistribution,
} from '../projections/ledger.ts'
import { decideOn, envelope, type Work } from './command.ts'
import { groundsDigest } from './grounds-digest.ts'
import { basisOf, sharesOf } from './shares.ts'

/** Pays the advances of a month: a twelfth of the part of each insurer. Paid before, it answers with that payment. */
export async function payAdvances(work: Work, month: string): Promise<StoredDistribution> {
  const { tx, deps } = work
  const distributionId = uuidV5(`advance/${month}`)
  const known = await findDistribution(tx, distributionId)
  if (known !== null) return known
  const year = Number(month.slice(0, 4))
  const { decision } = await sharesOf(work, year, await basisOf(work, year))
  const shares = advancesOfMonth(month, decision.result.shares, deps.law)
  const availableCents = await balanceOf(tx, accounts.bank)
  const settled = (await distributionsOf(tx, year, 'settlement')).length > 0
  const paid = await decideOn(work, advance, {
    streamId: `advance-${month}`,
    command: { distributionId, month },
    facts: {
      ...{ shares, availableCents, paidOn: deps.clock.today(), settled },
      groundsDigest: groundsDigest(decision.grounds),
    },
    correlationId: distributionId,
    eventId: () => distributionId,
    outbox: ({ data: { paidOn } }) =>
      shares.map(({ insurer, amountCents }) =>
        draft(advancePaid, {
          ...envelope(work, distributionId, insurer),
          data: { distributionId, insurer: insurer as '100', month, amountCents, paidOn },
        }),
      ),
  })
  if (paid === null) throw new Error(`the advances of ${month} are paid by an event but not in app.distributions`)
  await book(tx, paid.data.entry)
  return saveDistribution(tx, {
    ...{ distributionId, kind: 'advance', year, month, decidedOn: paid.data.paidOn, decidedAt: deps.clock.now() },
    ...{ totalCents: sumCents(shares.map(({ amountCents }) => amountCents)), shares, grounds: decision.grounds },
  })
}

/** Settles a year on the returns accepted so far, or revises its settlement; without a difference the last one stands. */
export async function settleYear(work: Work, year: number): Promise<StoredDistribution> {
  const { tx, deps } = work
  const { objectiveCents, decision } = await sharesOf(work, year, await actualExpenditure(tx, year))
  const { shares } = decision.result
  const settled = await decideOn(work, settlement, {
    streamId: `settlement-${year}`,
    command: { year },
    facts: {
      ...{ today: deps.clock.today(), objectiveCents, shares, advanced: await advancedFor(tx, year) },
      groundsDigest: groundsDigest(decision.grounds),
    },
    correlationId: uuidV5(`settlement/${year}`),
    eventId: ({ data }) => data.distributionId,
    outbox: ({ data: { distributionId, settledOn, shares: settledShares } }) =>
      settledShares.map(({ insurer, dueCents: _due, ...amounts }) =>
        draft(settlementClosed, {
          ...envelope(work, distributionId, insurer),
          data: { distributionId, insurer: insurer as '100', year, objectiveCents, ...amounts, settledOn },
        }),
      ),
  })
  if (settled === null) return (await distributionsOf(tx, year, 'settlement')).at(-1) as StoredDistribution
  const { distributionId, settledOn, entry, shares: settledShares } = settled.data
  await book(tx, entry)
  return saveDistribution(tx, {
    ...{ distributionId, kind: 'settlement', year, month: null, decidedOn: settledOn, shares: settledShares },
    decidedAt: deps.clock.now(),
    ...{ totalCents: sumCents(settledShares.map(({ dueCents }) => dueCents)), grounds: decision.grounds },
  })
}
