import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { shortStory, startWorld } from './security-world.fixture.ts'

const command = resolve(import.meta.dirname, '../../cli/src/main.ts')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-commands-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The command as a process of its own: what it said, and how it ended. */
async function ziv(...asked: readonly string[]) {
  const child = spawn(process.execPath, [command, ...asked], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [said, complained] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complained += chunk.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said, complained }
}

it.each([
  [['demo', '--nonsense'], 'unknown option'],
  [['nonsense'], 'unknown command'],
  [['demo', '--persons', 'many'], 'whole number'],
  [['token', '--role', 'emperor'], 'emperor'],
] as const)('%j ends with 1 and says what was not understood', async (asked, what) => {
  const { code, complained } = await ziv(...asked)
  expect({ code, complained }).toEqual({ code: 1, complained: expect.stringContaining(what) })
})

it('a data folder that cannot be one ends with 1 and one line that says what, where and what to do', async () => {
  const file = join(folder, 'a-file')
  await writeFile(file, 'here already\n')
  const refused = [
    await ziv('demo', '--persons', '1', '--exit', '--data', join(file, 'below')),
    await ziv('verify', '--data', join(folder, 'nowhere')),
  ]
  for (const { code, complained } of refused) {
    expect(code).toBe(1)
    expect(complained.trim().split('\n')).toEqual([expect.stringMatching(/^ziv: .*ziv-commands-/)])
  }
})

it('a demo that cannot start because its port is taken ends with 1 and leaves nothing running', async () => {
  const taken = createServer().listen(0)
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const data = join(folder, 'taken')
  const { code, complained } = await ziv('demo', '--persons', '1', '--exit', '--port', String(port), '--data', data)
  taken.close()
  expect({ code, complained }).toEqual({ code: 1, complained: expect.stringContaining('the port is taken') })
}, 60_000)

it('a demo on a broker that never answers ends on Ctrl-C, and is not waited for', async () => {
  const silent = createServer().listen(0)
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const asked = [
    'demo',
    '--persons',
    '1',
    '--port',
    '0',
    '--kafka',
    `127.0.0.1:${port}`,
    '--data',
    join(folder, 'silent'),
  ]
  const child = spawn(process.execPath, [command, ...asked], { stdio: ['ignore', 'pipe', 'pipe'] })
  let asksBroker = false
  silent.on('connection', (socket) => {
    socket.on('error', () => undefined)
    if (!asksBroker) child.kill('SIGINT')
    asksBroker = true
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  silent.close()
  expect({ asksBroker, signal, failed: code !== 0 }).toEqual({ asksBroker: true, signal: null, failed: true })
}, 45_000)

it('verify ends with 0 while everything holds, and with 1 and what does not once a stored copy was changed', async () => {
  const world = await startWorld(shortStory(20), {}, 'error')
  const data = join(world.folder, 'data')
  try {
    await world.sandbox.idle()
    const proven = await ziv('verify', '--data', data)
    expect([proven.code, proven.said.match(/^FAIL.*/gm)]).toEqual([0, null])
    await world.sandbox.databases.affiliation.query('update app.affiliations set valid_from = valid_from - 1')
    const changed = await ziv('verify', '--data', data)
    expect([changed.code, /^FAIL affiliation: affiliations equal the log/m.test(changed.said)]).toEqual([1, true])
  } finally {
    await world.close()
  }
}, 120_000)
