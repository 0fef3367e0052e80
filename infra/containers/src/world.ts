import { constants } from 'node:fs'
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { type Container, readCompose } from './compose.ts'
import { machineEnvironment } from './config.ts'
import { readDockerfile } from './dockerfile.ts'
import { placesOf, rewriteHosts } from './places.ts'
import { Processes } from './processes.ts'

/** The repository's root: where the paths of the compose file begin. */
export const rootFolder = resolve(import.meta.dirname, '../../..')

/** What all parts of a try share. */
export interface World {
  /** Everything written during the try; removed at its end. */
  readonly folder: string
  /** What `/app` is in our image: the folder that services and the set-up job run from. */
  readonly image: string
  readonly processes: Processes
  /** The text of the compose file. */
  readonly composeFile: string
  readonly containers: ReadonlyMap<string, Container>
  /** Grows: the place of PostgreSQL is known once it runs. */
  readonly places: Map<string, string>
  /** What clients call `http://localhost:8080` in the documentation. */
  readonly publicUrl: string
  close(): Promise<void>
}

const readText = (path: string): Promise<string> => readFile(join(rootFolder, path), 'utf8')

/** Reads the compose file and gives every container a place. Throws when the file cannot be read as such. */
export async function openWorld(): Promise<World> {
  const text = await readText('docker-compose.yml')
  // one group of addresses per process, so that two tries at once do not meet
  const group = `${100 + (process.pid % 100)}.${(process.pid >> 4) % 256}`
  const places = placesOf(readCompose(text, {}).keys(), group)
  const publicUrl = `http://${places.get('proxy')}:8080`
  const folder = await mkdtemp(join(tmpdir(), 'ziv-containers-'))
  // PostgreSQL and the workers of nginx may run under other accounts
  await chmod(folder, 0o755)
  const processes = new Processes(join(folder, 'logs'))
  const close = async (): Promise<void> => {
    await processes[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    ...{ folder, image: join(folder, 'app'), processes, places, publicUrl, close },
    composeFile: text,
    containers: readCompose(text, variablesOf(publicUrl)),
  }
}

/** The same containers as a user sees them who sets more variables before `docker compose up`. */
export function withVariables(world: World, more: Readonly<Record<string, string>>): World {
  return { ...world, containers: readCompose(world.composeFile, { ...variablesOf(world.publicUrl), ...more }) }
}

const variablesOf = (publicUrl: string): Record<string, string> => ({ ZIV_PUBLIC_URL: publicUrl })

/** The container of that name; throws when the compose file has none. */
export function containerOf(world: World, name: string): Container {
  const found = world.containers.get(name)
  if (found === undefined) throw new Error(`the compose file has no ${name}`)
  return found
}

/** The loopback address of a container. */
export function addressOf(world: World, name: string): string {
  const address = world.places.get(name)
  if (address === undefined) throw new Error(`the compose file has no ${name}`)
  return address
}

/** The environment that the compose file gives a container, with the places of this machine. */
export function environmentOf(world: World, name: string): Record<string, string> {
  const given = Object.entries(containerOf(world, name).environment)
  const moved = given.map(([key, value]) => [key, rewriteHosts(value, world.places)])
  return { ...machineEnvironment(), ...Object.fromEntries(moved) }
}

/** As `environmentOf`, for a container of our own image. */
export async function ownEnvironmentOf(world: World, name: string): Promise<Record<string, string>> {
  return { ...readDockerfile(await readText('Dockerfile')).environment, ...environmentOf(world, name) }
}

/** The names of our services: the containers with a health check of ours. */
export const serviceNames = (world: World): string[] =>
  [...world.containers.values()]
    .filter(({ healthTest }) => healthTest.includes('infra/compose/health.mjs'))
    .map(({ name }) => name)

/** Where a program is, also in the folders of administrators; undefined when this machine has none. */
export async function findProgram(name: string): Promise<string | undefined> {
  const folders = [...(machineEnvironment().PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  for (const folder of folders) {
    const path = join(folder, name)
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return undefined
}

/** Whether something listens there, as `nc -z` tells. */
export function listens(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host, port, timeout: 1_000 })
    const answer = (yes: boolean) => {
      socket.destroy()
      done(yes)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}

/** Throws with what was expected and what came, when they differ. */
export function expectSame(what: string, found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)]
  if (one !== other) throw new Error(`${what}: expected ${other}, got ${one}`)
}
