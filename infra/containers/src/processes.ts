import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ProcessOptions {
  /** Also the name of its log. */
  readonly name: string
  readonly command: string
  readonly arguments: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly folder: string
}

/** Above what the compose file gives anything, so that it is told how long it took. */
const ENDING_MS_MAX = 45_000

/** A process that was started here, in a process group of its own so that its children end with it. */
export class OwnProcess {
  readonly name: string
  readonly #child: ChildProcess
  readonly #logFile: string

  constructor(options: ProcessOptions, logFile: string) {
    this.name = options.name
    this.#logFile = logFile
    const log = openSync(logFile, 'a')
    const { folder: cwd, environment: env } = options
    this.#child = spawn(options.command, options.arguments, { cwd, env, detached: true, stdio: ['ignore', log, log] })
    closeSync(log)
    // told by `ended`; without a listener it would end us
    this.#child.on('error', () => undefined)
  }

  get running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Null while it runs and when a signal ended it. */
  get exitCode(): number | null {
    return this.#child.exitCode
  }

  /** All it wrote so far. */
  get log(): string {
    return readFileSync(this.#logFile, 'utf8')
  }

  /** Why it is not as it should be, with the end of its log. */
  complaint(what: string): Error {
    const said = this.log.trim().slice(-1_500)
    return new Error(`${this.name} ${what}${said === '' ? '' : `; it said last:\n${said}`}`)
  }

  /** Resolves when it ended; the exit code, or null after a signal. */
  async ended(): Promise<number | null> {
    if (this.running) await once(this.#child, 'exit')
    return this.#child.exitCode
  }

  /** Resolves once `reached` says so; throws when the process ends before, or does not get there in time. */
  async until(reached: () => Promise<boolean> | boolean, limitMs: number, everyMs = 200): Promise<void> {
    const end = performance.now() + limitMs
    while (!(await reached())) {
      if (!this.running) throw this.complaint(`ended too early, with exit code ${this.exitCode}`)
      if (performance.now() > end) throw this.complaint(`was not ready within ${limitMs / 1_000} s`)
      await sleep(everyMs)
    }
  }

  /** Ends it as Docker does: a signal to the process, then by force to all of its group. Resolves with the milliseconds it took. */
  async stop(): Promise<number> {
    const startedMs = performance.now()
    if (!this.running) return 0
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    const force = setTimeout(() => this.kill(), ENDING_MS_MAX)
    await ended
    clearTimeout(force)
    // a child that its parent left behind
    this.kill()
    return performance.now() - startedMs
  }

  kill(): void {
    if (this.#child.pid === undefined) return
    try {
      process.kill(-this.#child.pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** The processes of one try: their logs are in a folder, and none of them outlives it. */
export class Processes implements AsyncDisposable {
  readonly #logs: string
  readonly #started: OwnProcess[] = []
  #over = false
  readonly #killAll = (): void => {
    for (const one of this.#started) if (one.running) one.kill()
  }

  constructor(logs: string) {
    this.#logs = logs
    mkdirSync(logs, { recursive: true })
    process.once('exit', this.#killAll)
  }

  /** Throws once the processes were ended: nothing starts behind that. */
  start(options: ProcessOptions): OwnProcess {
    if (this.#over) throw new Error(`${options.name} is not started: the try is over`)
    const started = new OwnProcess(options, join(this.#logs, `${options.name}.log`))
    this.#started.push(started)
    return started
  }

  /** Runs a command to its end and answers what it wrote; throws when it did not end with 0. */
  async run(options: ProcessOptions): Promise<string> {
    const started = this.start(options)
    const code = await started.ended()
    if (code !== 0) throw started.complaint(`ended with exit code ${code}`)
    return started.log
  }

  /** Newest first, so that nothing loses what it stands on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    for (const one of this.#started.toReversed()) await one.stop()
    process.off('exit', this.#killAll)
  }
}
