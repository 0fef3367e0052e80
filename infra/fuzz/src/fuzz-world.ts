import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { accessTable, efactOf, type Seed, seedWorld, shortStory, startWorld, type World } from '@ziv/e2e'
import { slipExample } from '@ziv/formats'
import type { Base, Operation } from './requests.ts'
import { type FuzzReport, runFuzz } from './run-fuzz.ts'

export interface FuzzRun {
  readonly seed: number
  readonly requests: number
  readonly milliseconds: number
  readonly replays?: number
}

export interface FuzzWorld {
  readonly world: World
  fuzz(run: FuzzRun): Promise<FuzzReport>
}

/** A small country to send wrong requests to: a story that was played, and the identifiers of what is in it. */
export async function startFuzzWorld(): Promise<FuzzWorld> {
  const story = shortStory(40)
  const world = await startWorld(story, {}, 'error')
  const seed = await seedWorld(world, story)
  await world.sandbox.idle()
  const { personId, ssin, ids } = seed.known
  const { year: _year, ...known } = Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]]))
  const dmfa = await firstFile(join(world.folder, 'files', 'dmfa'))
  const files = {
    'application/xml': dmfa,
    'text/xml': dmfa,
    'text/csv': await slipExample('csv'),
    'application/x-ndjson': await slipExample('jsonl'),
    'application/jsonl': '{"rowId":"1","personId":"0198c1a2-7f00-7000-8000-000000000001"}\n',
    'text/plain': (await efactOf({ insz: ssin, sex: 'F', ziekenfonds: seed.known.ziekenfonds })).toString('latin1'),
    'application/octet-stream': await firstFile(join(world.folder, 'files', 'efact')),
  }
  const token = await world.token({ subject: 'fuzz', roles: ['system'] })
  const names = { personId: [personId], ssin: [ssin], dependantPersonId: [personId], month: ['2023-03', '2023-05'] }
  return {
    world,
    fuzz: (run) =>
      runFuzz(world.sandbox, {
        ...run,
        token,
        base: (operation) => baseOf(seed, operation),
        known: { ...known, ...names },
        files,
      }),
  }
}

/** What the table of who may what sends to this operation. */
async function baseOf(seed: Seed, { service, method, path }: Operation): Promise<Base | undefined> {
  const endpoint = accessTable[`${method} /${service}/v1${path.replace(/\{(\w+)\}/g, ':$1')}`]
  if (endpoint === undefined) return undefined
  // what the fuzzing changed may stand in the way of a right request: the contract alone has to do then
  const made = await endpoint.prepare?.(seed).catch(() => undefined)
  const target = { ...seed.known, ...made, ids: { ...seed.known.ids, ...made?.ids } }
  return { ids: target.ids, body: await endpoint.body?.(target) }
}

async function firstFile(folder: string): Promise<string> {
  const [name] = (await readdir(folder)).sort()
  if (name === undefined) throw new Error(`the story wrote no file to ${folder}`)
  return (await readFile(join(folder, name))).toString('latin1')
}
