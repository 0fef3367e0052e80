import { addDays, isoDate } from '@ziv/kernel'
import type { ReceivedEvent } from '@ziv/messaging'
import fc from 'fast-check'
import { createTopics, type Home, home306, home501, type Topics } from './events.ts'

const home304: Home = { insurer: '300', ziekenfonds: '304' }
const start = isoDate('2024-01-01')
const day = fc.integer({ min: 0, max: 180 }).map((n) => addDays(start, n))
const who = fc.integer({ min: 0, max: 24 }).map((n) => `person-${n}`)
const home = fc.constantFrom(home306, home304, home501)
const capacity = fc.constantFrom(
  'EMPLOYEE',
  'SELF_EMPLOYED',
  'STUDENT',
  'DEPENDANT_CHILD',
  'DEPENDANT_SPOUSE',
  'PENSIONER',
)
const cents = fc.integer({ min: 0, max: 90_000 })

type Step = (topics: Topics) => ReceivedEvent

/** Weighted towards what builds memberships up, so that there is something to count. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(who, home, day).map(
      ([p, h, d]): Step =>
        (t) =>
          t.opened(p, h, d),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(who, home, capacity, day).map(
      ([p, h, c, d]): Step =>
        (t) =>
          t.acquired(p, h, c, d),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(who, home, day).map(
      ([p, h, d]): Step =>
        (t) =>
          t.closed(p, h, d),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(who, home, capacity, day).map(
      ([p, h, c, d]): Step =>
        (t) =>
          t.ended(p, h, c, d),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(who, home, day).map(
      ([p, h, d]): Step =>
        (t) =>
          t.died(p, h, d),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(who, home, capacity, day, fc.option(fc.integer({ min: 0, max: 90 })), fc.constantFrom(0, 1, 2, 3, 4))
      .map(([p, h, c, d, n, what]): Step => {
        const to = n === null ? null : addDays(d, n)
        return (t) => {
          if (what === 0) return t.affiliationCorrected(p, h, d, to)
          if (what === 1) return t.affiliationWithdrawn(p, h, d)
          if (what === 2) return t.capacityCorrected(p, h, c, d, to)
          if (what === 3) return t.capacityWithdrawn(p, h, c, d)
          return t.alive(p, h, d)
        }
      }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(who, home, day, fc.integer({ min: 0, max: 90 })).map(
      ([p, h, d, n]): Step =>
        (t) =>
          t.insured(p, h, [d, addDays(d, n)]),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(who, home, day).map(
      ([p, h, d]): Step =>
        (t) =>
          t.slip(p, h, `${d}T22:30:00.000Z`),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(who, home, day, fc.array(fc.tuple(cents, cents, cents), { minLength: 1, maxLength: 3 })).map(
      ([p, h, d, amounts]): Step =>
        (t) =>
          t.claim(p, h, d, amounts),
    ),
  },
)

/** What happened to some persons in half a year, as the topics hold it. */
export const anyHistory: fc.Arbitrary<readonly ReceivedEvent[]> = fc
  .array(step, { minLength: 120, maxLength: 220 })
  .map((steps) => {
    const topics = createTopics()
    return steps.map((one) => one(topics))
  })

/** The same events as another consumer may get them: in order per partition of a topic, in any order between, cut anywhere. */
export function otherArrival(history: readonly ReceivedEvent[], random: () => number): readonly ReceivedEvent[][] {
  const queues = [...Map.groupBy(history, (event) => `${event.topic}:${event.partition}`).values()].map((list) => [
    ...list,
  ])
  const batches: ReceivedEvent[][] = [[]]
  while (queues.some((queue) => queue.length > 0)) {
    const open = queues.filter((queue) => queue.length > 0)
    const queue = open[Math.floor(random() * open.length)]!
    batches.at(-1)!.push(...queue.splice(0, 1 + Math.floor(random() * 4)))
    if (random() < 0.2) batches.push([])
  }
  return batches.filter((batch) => batch.length > 0)
}
