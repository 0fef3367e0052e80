import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { tryAgain } from './parts/again.ts'
import { tryClock } from './parts/clock.ts'
import { tryImage } from './parts/image.ts'
import { tryKafka, tryTopics } from './parts/kafka.ts'
import { tryKeycloak } from './parts/keycloak.ts'
import { tryNginx, tryRoutes } from './parts/nginx.ts'
import { tryPostgres } from './parts/postgres.ts'
import { tryRound } from './parts/round.ts'
import { tryServices, tryStop } from './parts/services.ts'
import type { OwnProcess } from './processes.ts'
import { Report } from './report.ts'
import { openWorld, type World } from './world.ts'

export interface TryOptions {
  /** What is not on this machine is told and is no failure. */
  readonly allowMissing: boolean
  /** It ends after this long, whatever it is at. */
  readonly limitMs: number
  readonly tell: (line: string) => void
}

async function tryParts(world: World, report: Report, held: AsyncDisposableStack): Promise<void> {
  let proxy: Awaited<ReturnType<typeof tryNginx>>['proxy'] | undefined
  let broker: OwnProcess | undefined
  let services: readonly OwnProcess[] = []
  await report.part('nginx', [], async () => {
    const tried = await tryNginx(world, held)
    proxy = tried.proxy
    return tried.seen
  })
  await report.part('image', [], () => tryImage(world))
  await report.part('keycloak', [], () => tryKeycloak(world))
  await report.part('postgres', [], () => tryPostgres(world, held))
  await report.part('kafka', [], async () => {
    const tried = await tryKafka(world)
    broker = tried.broker
    return tried.seen
  })
  await report.part('topics', ['image', 'kafka'], () => tryTopics(world))
  await report.part('services', ['postgres', 'topics'], async () => {
    const tried = await tryServices(world)
    services = tried.services
    return tried.seen
  })
  await report.part('routes', ['nginx', 'keycloak', 'services'], () => tryRoutes(world, proxy!))
  await report.part('round', ['routes'], () => tryRound(world))
  await report.part('again', ['round'], () => tryAgain(world, broker!))
  await report.part('stop', ['services'], () => tryStop(world, services))
  await report.part('clock', ['round', 'stop'], () => tryClock(world))
}

/**
 * Tries every part of the compose file that runs without Docker, one line per part, and ends all it started, also when it
 * is interrupted or its time is over. Resolves with the exit code: 0, 1 when something failed, 2 when it was cut short.
 */
export async function tryAll({ allowMissing, limitMs, tell }: TryOptions): Promise<number> {
  const report = new Report(tell)
  const world = await openWorld()
  await using held = new AsyncDisposableStack()
  held.defer(() => world.close())
  const over = new AbortController()
  const { signal } = over
  const cut = Promise.race([
    once(process, 'SIGINT', { signal }).then(() => 'it was interrupted'),
    once(process, 'SIGTERM', { signal }).then(() => 'it was interrupted'),
    sleep(limitMs, `its ${limitMs / 60_000} minutes are over`, { signal }),
  ])
  const parts = tryParts(world, report, held)
  const ended = await Promise.race([parts, cut])
  cut.catch(() => undefined)
  over.abort()
  if (ended !== undefined) {
    report.cutShort()
    // what the running part waits for ends, so it ends too: only then is everything known that has to be put away
    await world.processes[Symbol.asyncDispose]()
    await parts
  }
  tell(report.summary)
  if (ended !== undefined) {
    tell(`cut short: ${ended}`)
    return 2
  }
  return report.isFine(allowMissing) ? 0 : 1
}
