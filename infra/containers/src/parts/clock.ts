import { expectSame, type World, withVariables } from '../world.ts'
import { sendAs } from './reader.ts'
import { knownAt, until } from './round.ts'
import { startServices } from './services.ts'

const DAY_MS = 86_400_000
const dayAfter = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

/**
 * Starts the services again, on what they stored, with `ZIV_CLOCK_START`, and moves their business date by an event of
 * `ziv.clock.v1`, as the documentation promises.
 */
export async function tryClock(world: World): Promise<string> {
  // not before what they stored already
  const [start, later] = [dayAfter(30), dayAfter(31)]
  const started = withVariables(world, { ZIV_CLOCK_START: start })
  const { tookMs } = await startServices(started)
  expectSame('business date at the start', await knownAt(started), start)
  await sendAs(started, 'ziv-clock', 'ziv.clock.v1', {
    key: 'clock',
    value: JSON.stringify({ businessDate: later, previousDate: start }),
    headers: { ce_type: 'be.ziv.clock.v1.businessDates.notify.moved' },
  })
  const movedMs = await until(
    () => knownAt(started),
    (day) => day === later,
  )
  const back = (tookMs / 1_000).toFixed(1)
  return `the services were back after ${back} s with the business date given, and moved it by an event within ${Math.round(movedMs)} ms`
}
