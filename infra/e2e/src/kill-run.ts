import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomOf } from '@ziv/demo'
import { endEmbeddedPostgres } from '@ziv/local-postgres'
import { differencesBetween, type Figures, figuresOf, startSandbox, verifySandbox } from '@ziv/sandbox'
import type { Finding } from '@ziv/service'
import { pino } from 'pino'

export interface KillRunOptions {
  /** Where both runs keep their data; what they made is removed at the end. */
  readonly folder: string
  readonly persons: number
  readonly seed: number
  readonly kills: number
  readonly tell?: (line: string) => void
}

export interface Kill {
  readonly postgresToo: boolean
  /** The step it was in. */
  readonly during: string
}

export interface KillRunResult {
  readonly kills: readonly Kill[]
  readonly proof: string
  readonly findings: readonly Finding[]
  /** Figures of the killed run that are not those of the uninterrupted one. */
  readonly differences: readonly string[]
  readonly figures: Figures
}

const command = resolve(import.meta.dirname, '../../../infra/cli/src/main.ts')

/** Longest wait for a step: a machine that does other things as well is slow, a story that stands still is a defect. */
const STEP_MS_MAX = 180_000

/** The demo in a process of its own, with everything it says. */
class DemoProcess {
  readonly #child: ChildProcess
  said = ''

  constructor(dataDir: string, { persons, seed }: KillRunOptions) {
    const story = ['--persons', String(persons), '--seed', String(seed), '--port', '0', '--exit', '--data', dataDir]
    this.#child = spawn(process.execPath, [command, 'demo', ...story], { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.said += chunk.toString()
      })
    }
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Steps done and all of them, as it said last; null before the story begins. */
  get progress(): { readonly done: number; readonly total: number; readonly step: string } | null {
    const last = [...this.said.matchAll(/[█░] (\d+)\/(\d+) (.*)/gu)].at(-1)
    return last === undefined ? null : { done: Number(last[1]), total: Number(last[2]), step: last[3]!.trim() }
  }

  /** Resolves when it came so far, or ended. */
  async until(reached: () => boolean): Promise<void> {
    const end = performance.now() + STEP_MS_MAX
    while (this.running && !reached()) {
      if (performance.now() > end) throw new Error(`the demo stands still:\n${this.said.slice(-2_000)}`)
      await sleep(10)
    }
  }

  async kill(): Promise<void> {
    if (!this.running) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }

  /** Waits for the end; throws with what it said when it failed. */
  async ended(): Promise<void> {
    if (this.running) await once(this.#child, 'close')
    if (this.#child.exitCode === 0) return
    throw new Error(`the demo ended with ${this.#child.exitCode}:\n${this.said.slice(-4_000)}`)
  }
}

/** The first process of the server in the folder; its children end when they miss it. False when none runs there. */
async function killPostgres(dataDir: string): Promise<boolean> {
  const folder = join(dataDir, 'postgres')
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  // a number may belong to somebody else by now
  const works = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!(pid > 1) || !works.includes(folder)) return false
  process.kill(pid, 'SIGKILL')
  return true
}

async function figuresIn(dataDir: string): Promise<{ figures: Figures; findings: Finding[] }> {
  const sandbox = await startSandbox({ dataDir, passive: true, logger: pino({ level: 'error' }) })
  try {
    return { figures: await figuresOf(sandbox), findings: await Array.fromAsync(verifySandbox(sandbox)) }
  } finally {
    await sandbox.stop()
  }
}

/** Kills the command again and again at moments of the seed, then lets it end. */
async function killed(dataDir: string, options: KillRunOptions): Promise<{ kills: Kill[]; said: string }> {
  const random = randomOf(options.seed, 'kills')
  const kills: Kill[] = []
  let reached = 0
  while (kills.length < options.kills) {
    const demo = new DemoProcess(dataDir, options)
    // most kills hit the story, each some steps further, some the start; somewhere within what happens then
    const early = random.chance(0.15)
    const steps = random.next() * 1.8
    await sleep(early ? random.int(0, 3_000) : 0)
    if (!early) {
      await demo.until(() => {
        const now = demo.progress
        return now !== null && now.done >= reached + (steps * now.total) / options.kills
      })
    }
    await sleep(random.int(0, 150))
    const during = demo.progress
    reached = Math.max(reached, during?.done ?? 0)
    if (!demo.running) await demo.ended()
    const over = !demo.running
    await demo.kill()
    const postgresToo = random.chance(0.4) && (await killPostgres(dataDir))
    kills.push({ postgresToo, during: over ? 'after the end' : during === null ? 'start' : during.step })
    const where = during === null ? '' : ` (step ${during.done} of ${during.total})`
    options.tell?.(`kill ${kills.length}${postgresToo ? ' with PostgreSQL' : ''}: ${kills.at(-1)?.during}${where}`)
  }
  const last = new DemoProcess(dataDir, options)
  await last.ended()
  return { kills, said: last.said }
}

/**
 * Plays a story twice, once in peace and once with kills at random moments and the same command again after each, and
 * compares what both come to. Throws when a run of the command fails for another reason than a kill.
 */
export async function killRun(options: KillRunOptions): Promise<KillRunResult> {
  const [calm, torn] = [join(options.folder, 'calm'), join(options.folder, 'torn')]
  // PostgreSQL may run under another account and has to get there
  await chmod(options.folder, 0o711)
  try {
    const peace = new DemoProcess(calm, options)
    await peace.ended()
    options.tell?.(`left in peace: ${proofIn(peace.said)}`)
    const { kills, said } = await killed(torn, options)
    const [expected, found] = [await figuresIn(calm), await figuresIn(torn)]
    const differences = differencesBetween(expected.figures, found.figures)
    return { kills, proof: proofIn(said), findings: found.findings, figures: found.figures, differences }
  } finally {
    for (const dataDir of [calm, torn]) {
      await endEmbeddedPostgres(join(dataDir, 'postgres')).catch(() => undefined)
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}

const proofIn = (said: string): string => said.split('\n').find((line) => line.startsWith('proof:')) ?? ''
