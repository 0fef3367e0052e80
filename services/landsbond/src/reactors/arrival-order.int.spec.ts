import { isoDate } from '@ziv/kernel'
import { loadLaw, reformLaw } from '@ziv/law'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHistory, otherArrival } from '../testing/history.ts'
import { startWorld, type World } from '../testing/world.ts'

/** A reproducible source of numbers below 1. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function figuresOf(world: World, month: string): Promise<readonly string[]> {
  const { rows } = await world.database.query<{ ziekenfonds: string; figures: object }>(
    'select ziekenfonds, figures from app.returns where month = $1 order by ziekenfonds, attempt',
    [month],
  )
  return rows.map((row) => `${row.ziekenfonds} ${JSON.stringify(row.figures)}`)
}

/** Students go before workers from a day between those that are looked at, so that the order of the law changes on the way. */
const reformed = reformLaw(loadLaw(), {
  'capacities/student-rank': [{ from: isoDate('2024-05-01'), value: 1, source: 'what if' }],
})
const histories = fc.sample(anyHistory, { seed: 20_241_122, numRuns: 3 })

test.for(histories.map((history, index) => [index, history] as const))(
  'history %#: any order between topics and any cut into batches gives the same counts and figures on every day',
  async ([index, history]) => {
    const law = index === 0 ? reformed : loadLaw()
    const [one, other] = [await startWorld('2024-01-01', law), await startWorld('2024-01-01', law)]
    try {
      const random = numbers(index + 1)
      await one.take(...history)
      const batches = otherArrival(history, random)
      for (const [n, batch] of batches.entries()) {
        // the clock of the second moves on while events come in
        if (n % 3 === 2 && other.clock.today() < '2024-02-01') other.clock.moveTo(isoDate(`2024-02-${10 + (n % 15)}`))
        await other.take(...batch)
      }
      for (const today of ['2024-02-29', '2024-03-31', '2024-06-30', '2024-12-31']) {
        for (const world of [one, other]) {
          world.clock.moveTo(isoDate(today))
          await world.service.resume()
        }
        expect(await other.membersNow()).toEqual(await one.membersNow())
        for (const world of [one, other]) await world.service.submitMonth(today.slice(0, 7))
        expect(await figuresOf(other, today.slice(0, 7))).toEqual(await figuresOf(one, today.slice(0, 7)))
        for (const finding of await other.findings()) expect(finding).toMatchObject({ check: finding.check, ok: true })
      }
      expect((await one.membersNow()).length).toBeGreaterThan(2)
    } finally {
      await one.close()
      await other.close()
    }
  },
)

test('a return made in the middle recomputes to the same numbers after everything else arrived', async () => {
  const world = await startWorld('2024-05-31')
  try {
    const history = histories[0]!
    const batches = otherArrival(history, numbers(7))
    let made = 0
    for (const batch of batches) {
      await world.take(...batch)
      if (made++ % 4 !== 0) continue
      await world.service.submitMonth('2024-05')
      await world.service.acceptMonth('2024-05')
      await world.call('system', 'POST', '/returns', { ziekenfonds: '306', month: '2024-05' })
      await world.service.acceptMonth('2024-05')
    }
    const { rows } = await world.database.query<{ n: string; different: string }>(
      `select count(*) as n, count(distinct figures) as different from app.returns where ziekenfonds = '306'`,
    )
    expect(Number(rows[0]!.different)).toBeGreaterThan(3)
    for (const finding of await world.findings()) expect(finding).toMatchObject({ check: finding.check, ok: true })
    const { rows: all } = await world.database.query<{ return_id: string }>(
      `select return_id from app.returns where ziekenfonds = '306' order by attempt`,
    )
    for (const { return_id } of all) {
      const again = await world.call('clerk306', 'POST', `/returns/${return_id}/recomputation`)
      expect(again.body).toMatchObject({ same: true, differences: [] })
    }
  } finally {
    await world.close()
  }
})
