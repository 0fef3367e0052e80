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
