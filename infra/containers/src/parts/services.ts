import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { rewriteHosts, seenFrom } from '../places.ts'
import type { OwnProcess } from '../processes.ts'
import { addressOf, containerOf, ownEnvironmentOf, serviceNames, type World } from '../world.ts'

const run = promisify(execFile)

/** The health check of a container, as it sees itself: `localhost` is its own address. */
async function healthCheckOf(world: World, name: string): Promise<() => Promise<boolean>> {
  const [, script = '', ...rest] = containerOf(world, name).healthTest
  const folder = join(world.folder, 'health', name)
  await mkdir(folder, { recursive: true })
  const copy = join(folder, basename(script))
  await writeFile(copy, rewriteHosts(await readFile(join(world.image, script), 'utf8'), seenFrom(world.places, name)))
  return () =>
    run(process.execPath, [copy, ...rest]).then(
      () => true,
      () => false,
    )
}

/** Starts the services at once, each as the compose file says, and waits until their own health checks hold; the milliseconds too. */
export async function startServices(world: World): Promise<{ services: readonly OwnProcess[]; tookMs: number }> {
  const [keys, notes] = [join(world.folder, 'keys'), join(world.folder, 'notes')]
  await mkdir(keys, { recursive: true })
  const startedMs = performance.now()
  const services: OwnProcess[] = []
  for (const name of serviceNames(world)) {
    const environment = await ownEnvironmentOf(world, name)
    const [, ...words] = containerOf(world, name).command
    services.push(
      world.processes.start({
        ...{ name, command: process.execPath, arguments: words, folder: world.image },
        environment: {
          ...environment,
          ZIV_HOST: addressOf(world, name),
          // the volume that the six share
          ZIV_KEYS_FILE: environment.ZIV_KEYS_FILE?.replace(/^\/keys/, keys) ?? '',
          ZIV_NOTES_FOLDER: environment.ZIV_NOTES_FOLDER?.replace(/^\/notes/, notes) ?? '',
        },
      }),
    )
  }
  await Promise.all(
    services.map(async (service) => {
      const { healthLimitMs } = containerOf(world, service.name)
      await service.until(await healthCheckOf(world, service.name), healthLimitMs, 1_000)
    }),
  )
  return { services, tookMs: performance.now() - startedMs }
}

/** The services on databases and topics that are empty still. */
export async function tryServices(world: World): Promise<{ seen: string; services: readonly OwnProcess[] }> {
  const { services, tookMs } = await startServices(world)
  const limit = containerOf(world, services[0]!.name).healthLimitMs / 1_000
  const took = `${(tookMs / 1_000).toFixed(1)} s of the ${limit} s that Docker gives`
  const seen = `${services.length} services started at once on empty databases, health.mjs holds for all after ${took}`
  return { seen, services }
}

/** Stops the services as `docker compose down` does; each has to end by itself, without an error, before Docker would kill it. */
export async function tryStop(world: World, started: readonly OwnProcess[]): Promise<string> {
  const slowestMs = Math.max(...(await Promise.all(started.map((service) => service.stop()))))
  for (const service of started)
    if (service.exitCode !== 0) throw service.complaint(`ended with exit code ${service.exitCode}`)
  const limitMs = Math.min(...started.map(({ name }) => containerOf(world, name).stopLimitMs))
  const slowest = `${(slowestMs / 1_000).toFixed(1)} s of the ${limitMs / 1_000} s that Docker waits`
  if (slowestMs > limitMs) throw new Error(`a service took ${slowest}`)
  return `all services ended by themselves, the slowest after ${slowest}`
}
