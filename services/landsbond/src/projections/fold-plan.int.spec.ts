import { isoDate } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import type { Queryable } from '@ziv/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { placesOn } from '../domain/membership.ts'
import { createTopics, home306 } from '../testing/events.ts'
import { startWorld, type World } from '../testing/world.ts'
import { foldMembers } from './figures.ts'

const day = isoDate('2024-03-31')
const count = 400
let world: World
beforeAll(async () => {
  world = await startWorld()
  const topics = createTopics()
  for (let n = 0; n < count; n += 1) {
    const who = `person-${n}`
    await world.take(
      topics.opened(who, home306, '2024-01-01'),
      topics.acquired(who, home306, 'EMPLOYEE', '2024-01-01'),
      ...(n % 2 === 0 ? [topics.ended(who, home306, 'EMPLOYEE', '2024-02-29')] : []),
    )
  }
  await world.database.query('analyze')
}, 60_000)
afterAll(() => world?.close())

interface Plan {
  readonly 'Node Type': string
  readonly 'Join Filter'?: string
  readonly Plans?: readonly Plan[]
}
/** Joins of a plan that compare every row of one side with every row of the other. */
const rowByRow = (plan: Plan): readonly string[] => [
  ...(plan['Node Type'] === 'Nested Loop' && plan['Join Filter'] !== undefined ? [plan['Join Filter']] : []),
  ...(plan.Plans ?? []).flatMap(rowByRow),
]

it('the members of a day are folded without comparing every fact with every other', async () => {
  const joins: string[] = []
  const { rows: places } = await world.database.query<{ place: string; offset: string }>(
    `select topic || ':' || partition as place, "offset" from app.positions`,
  )
  const folded = await world.database.transaction(async (tx) => {
    const watched: Queryable = {
      notify: tx.notify,
      query: async (asked: unknown, ...more: readonly never[]) => {
        if (typeof asked === 'object' && asked !== null && 'text' in asked) {
          const { text, values } = asked as { readonly text: string; readonly values: readonly unknown[] }
          const { rows } = await tx.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
            `explain (format json) ${text}`,
            values,
          )
          joins.push(...rows[0]!['QUERY PLAN'].flatMap(({ Plan: plan }) => rowByRow(plan)))
        }
        return await tx.query(asked as string, ...more)
      },
    }
    const positions = Object.fromEntries(places.map(({ place, offset }) => [place, offset]))
    const request = { insurer: '300', ziekenfondsen: ['306'], positions, day, places: placesOn(loadLaw(), day) }
    return await foldMembers(watched, request)
  })
  expect(folded.reduce((sum, { members }) => sum + members, 0)).toBe(count)
  expect(joins).toEqual([])
})
