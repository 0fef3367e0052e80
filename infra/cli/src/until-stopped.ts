import { once } from 'node:events'

/** Exit code of a command that a signal ended before its work was done, as shells give it for SIGINT. */
export const INTERRUPTED = 130
/** Longest wait for everything to close: a broker that is gone must not hold the terminal. */
const CLOSE_MS_MAX = 20_000
/** What is still open after a stop, a socket of a client say, ends with the process. */
const LINGER_MS = 1_000

/** Listens for SIGINT and SIGTERM from now on. A second one ends the process at once, as it does without this. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort())
  return controller.signal
}

/** Resolves with what `work` gives, or with null when the signal comes first: then the exit code is 130 and `work` is left alone. */
export async function unlessStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T | null> {
  const ended = await Promise.race([work.then((result) => ({ result })), stopped(stop)])
  if (ended !== null) return ended.result
  // it breaks off when what it works with is closed: that was asked for
  work.catch(() => null)
  process.exitCode = INTERRUPTED
  return null
}

/** Resolves when the signal has come. */
export async function stopped(stop: AbortSignal): Promise<null> {
  if (!stop.aborted) await once(stop, 'abort')
  return null
}

/** Closes, and lets the process end: also when closing does not come to an end or fails, which it says, with exit code 1. */
export async function close(closing: Promise<void>, closeMsMax = CLOSE_MS_MAX): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const ms = `${closeMsMax / 1_000} s`
    timer = setTimeout(() => reject(new Error(`did not stop in ${ms} and was ended all the same`)), closeMsMax)
  })
  try {
    await Promise.race([closing, late])
  } catch (error) {
    process.stderr.write(`ziv: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    clearTimeout(timer)
    setTimeout(() => process.exit(), LINGER_MS).unref()
  }
}
