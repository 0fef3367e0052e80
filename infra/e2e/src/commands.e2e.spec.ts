import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@ziv/local-postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const command = resolve(import.meta.dirname, '../../cli/src/main.ts')
let folder: string
const made = new Set<ChildProcess>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-commands-'))
})
afterAll(async () => {
  for (const child of made) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcess
  said(): string
  /** Waits for a text on either stream. */
  until(text: string): Promise<void>
  /** The exit code, or the signal that ended it. */
  ended(): Promise<number | string>
}

/** The command as a process of its own, as somebody types it. */
function run(...words: string[]): Run {
  const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  made.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>
  return {
    child,
    said: () => said,
    async until(text) {
      while (!said.includes(text)) {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} without "${text}":\n${said}`)
        await sleep(20)
      }
    },
    async ended() {
      const [code, signal] = await exit
      return code ?? signal ?? 'nothing'
    },
  }
}

describe('ziv demo', () => {
  it('stops at Ctrl-C in the middle of the story, goes on with it, and stops at Ctrl-C when it is told', async () => {
    const demo = ['demo', '--persons', '8', '--months', '6', '--port', '0', '--data', join(folder, 'demo')]
    const first = run(...demo)
    await first.until('█')
    first.child.kill('SIGINT')
    expect([await first.ended(), first.said()]).toEqual([130, expect.stringContaining('goes on where the story was')])
    expect(first.said()).not.toContain('FAILED')

    const second = run(...demo)
    await second.until('look around')
    const beside = run('databases', 'open', '--data', join(folder, 'demo'))
    await beside.until('open until Ctrl-C')
    expect(beside.said()).toMatch(/the sandbox runs \(.*rights.*\): read only/)
    beside.child.kill('SIGINT')
    expect(await beside.ended()).toBe(0)
    expect(second.said()).toMatch(/went on after \d+ of \d+ steps/)
    second.child.kill('SIGTERM')
    expect(await second.ended()).toBe(0)

    const data = join(folder, 'demo')
    const proven = run('verify', '--data', data, '--json')
    expect(await proven.ended()).toBe(0)
    expect(proven.said()).not.toContain('"ok":false')

    const opened = run('databases', 'open', '--data', data)
    await opened.until('open until Ctrl-C')
    expect(opened.said()).not.toContain('the sandbox runs')
    expect(opened.said()).toMatch(/^rights postgres:\/\/\S+\/ziv_rights$/m)
    opened.child.kill('SIGINT')
    expect(await opened.ended()).toBe(0)
    const raised = run('databases', 'raise-epoch', 'rights', '--reason', 'backup of 2 March', '--data', data)
    expect([await raised.ended(), raised.said()]).toEqual([0, 'rights is in epoch 2\n'])

    await rm(join(data, 'anchors.jsonl'))
    const refuted = run('verify', '--data', data)
    expect(await refuted.ended()).toBe(1)
    expect(refuted.said()).toMatch(/^FAIL .*notes/m)

    const missing = run('import', 'slipIntakes', join(folder, 'nowhere.xml'), '--data', data)
    expect([await missing.ended(), missing.said()]).toEqual([1, expect.stringContaining('there is no file')])
  }, 300_000)

  it('says in one line that its port is taken, and ends with 1', async () => {
    const taken = createServer()
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
    const { port } = taken.address() as { port: number }
    const demo = run('demo', '--persons', '8', '--port', String(port), '--data', join(folder, 'taken'))
    expect(await demo.ended()).toBe(1)
    expect(demo.said().trim().split('\n').at(-1)).toContain('the port is taken')
    taken.close()
  }, 120_000)

  it('ends on Ctrl-C while it waits for a broker that never answers', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined))
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const { port } = silent.address() as { port: number }
    const broker = ['--kafka', `127.0.0.1:${port}`]
    const demo = run('demo', '--persons', '1', '--port', '0', ...broker, '--data', join(folder, 'silent'))
    await once(silent, 'connection')
    demo.child.kill('SIGINT')
    expect([0, 'SIGINT', 'SIGKILL']).not.toContain(await demo.ended())
    expect(demo.said()).toContain('stopped before it had started')
    // its PostgreSQL ended with it
    const server = await startEmbeddedPostgres({ dataDir: join(folder, 'silent', 'postgres') })
    await server.stop()
    expect(server.reused).toBe(false)
    silent.close()
  }, 60_000)
})

describe('a command that cannot be carried out ends with 1 and one line', () => {
  it.each([
    [['demo', '--persons', 'many'], 'give a whole number from 1 to 5000000'],
    [['demo', '--nothing'], "unknown option '--nothing'"],
    [['verify', '--data', 'nowhere'], 'nowhere holds no sandbox'],
    [['demo', '--data', '/proc/ziv'], 'cannot be written'],
  ])('%j', async (words, line) => {
    const refused = run(...words)
    expect([await refused.ended(), refused.said()]).toEqual([1, expect.stringContaining(line)])
    expect(refused.said()).not.toMatch(/\n\s+at /)
  })
})
