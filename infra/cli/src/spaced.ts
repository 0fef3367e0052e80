/** Passes a line on when the one before it is at least so long ago; the lines in between are dropped. */
export function spaced(
  show: (line: string) => void,
  betweenMs: number,
  now: () => number = () => performance.now(),
): (line: string) => void {
  let shownAt = Number.NEGATIVE_INFINITY
  return (line) => {
    if (now() - shownAt < betweenMs) return
    shownAt = now()
    show(line)
  }
}

/** Between two lines of progress where there is no terminal. */
const LINE_MS = 1_000

/** A terminal paints over one line and gets every one; a log, which keeps them, one a second at most. */
export const spacedInLogs = (
  show: (line: string) => void,
  out: Pick<NodeJS.WriteStream, 'isTTY'>,
  now?: () => number,
): ((line: string) => void) => (out.isTTY ? show : spaced(show, LINE_MS, now))

/**
 * How many persons were reached, on the standard error: a terminal paints over one line, a log gets a line at most once a second and
 * none that says what the one before it said.
 */
export function tellPersons(
  out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
  now?: () => number,
): (persons: number) => void {
  const write = (line: string): void => void out.write(out.isTTY ? `\r${line}` : `${line}\n`)
  const show = spacedInLogs(write, out, now)
  let last = Number.NaN
  return (persons) => {
    if (persons === last) return
    last = persons
    show(`${persons} persons`)
  }
}

/** Begins the words after a painted line where that line began; a log has no such line. */
export const afterPainted = (): string => (process.stderr.isTTY ? '\r' : '')
