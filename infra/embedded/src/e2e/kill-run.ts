import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Finding } from '@ziv/http'
import { endEmbeddedPostgres, randomOf } from '@ziv/testing'
import { pino } from 'pino'
import { differencesBetween, type Figures, figuresOf } from '../figures.ts'
import { startSandbox } from '../sandbox.ts'
import { verifySandbox } from '../verify.ts'

export interface KillRunOptions {
  /** Where both runs keep their data; what they made is removed at the end. */
  readonly folder: string
  readonly persons: number
  readonly seed: number
  readonly kills: number
  readonly tell?: (line: string) => void
}

export interface Kill {
  readonly afterMs: number
  readonly postgresToo: boolean
  /** Last thing the command said before it was killed. */
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

const command = resolve(import.meta.dirname, '../../../../packages/cli/src/main.ts')

/** The demo in a process of its own, with everything it says. */
class DemoProcess {
  readonly #child: ChildProcess
  readonly startedMs = performance.now()
  said = ''
  firstStepMs: number | null = null

  constructor(dataDir: string, { persons, seed }: KillRunOptions) {
    const story = ['--persons', String(persons), '--seed', String(seed), '--port', '0', '--exit', '--data', dataDir]
    this.#child = spawn(process.execPath, [command, 'demo', ...story], { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.said += chunk.toString()
        if (this.said.includes('░')) this.firstStepMs ??= performance.now() - this.startedMs
      })
    }
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  get lastLine(): string {
    return (
      this.said
        .trimEnd()
        .split('\n')
        .at(-1)
        ?.replace(/^.*[█░]/u, '')
        .trim() ?? ''
    )
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
    if (this.#child.exitCode !== 0)
      throw new Error(`the demo ended with ${this.#child.exitCode}:\n${this.said.slice(-4_000)}`)
  }

  async endsWithin(ms: number): Promise<boolean> {
    const stop = new AbortController()
    const waits = [sleep(ms, undefined, { signal: stop.signal }).catch(() => undefined)]
    if (this.running)
      waits.push(
        once(this.#child, 'exit', { signal: stop.signal }).then(
          () => undefined,
          () => undefined,
        ),
      )
    await Promise.race(waits)
    stop.abort()
    return !this.running
  }
}

/** The first process of the server in the folder; its children end when they miss it. */
async function killPostgres(dataDir: string): Promise<boolean> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  if (!(pid > 1)) return false
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

interface Pace {
  readonly startMs: number
  readonly wholeMs: number
}

/** Kills the command again and again at moments of the seed, then lets it end. */
async function killed(dataDir: string, options: KillRunOptions, pace: Pace): Promise<{ kills: Kill[]; said: string }> {
  const random = randomOf(options.seed, 'kills')
  const kills: Kill[] = []
  while (kills.length < options.kills) {
    // most kills hit the story, some the start; together they reach about as far as the whole story
    const share = ((pace.wholeMs - pace.startMs) / options.kills) * 1.6
    const afterMs = Math.round(
      random.chance(0.15) ? random.next() * pace.startMs : pace.startMs + random.next() * share,
    )
    const postgresToo = random.chance(0.4)
    const demo = new DemoProcess(dataDir, options)
    if (await demo.endsWithin(afterMs)) {
      await demo.ended()
      options.tell?.(`the story came to its end before kill ${kills.length + 1}; the rest hit a finished story`)
    }
    const during = demo.lastLine
    await demo.kill()
    const hit = postgresToo && (await killPostgres(dataDir))
    kills.push({ afterMs, postgresToo: hit, during })
    options.tell?.(`kill ${kills.length} after ${afterMs} ms${hit ? ', PostgreSQL too' : ''}: ${during}`)
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
    const wholeMs = performance.now() - peace.startedMs
    options.tell?.(`uninterrupted in ${Math.round(wholeMs)} ms: ${proofIn(peace.said)}`)
    const { kills, said } = await killed(torn, options, { startMs: peace.firstStepMs ?? wholeMs / 10, wholeMs })
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
