/** The known name that a mistyped one was meant to be: the one with the fewest letters different, at most one in four; else null. */
export function nearestName(typed: string, known: readonly string[]): string | null {
  const letters = lettersOf(typed)
  // nobody mistypes by this much, and the time grows with the length
  if (letters === '' || letters.length > 60) return null
  const near = known
    .map((name) => ({ name, away: distance(letters, lettersOf(name)) }))
    .filter(({ name, away }) => away <= Math.max(1, Math.floor(name.length / 4)))
  return near.toSorted((a, b) => a.away - b.away)[0]?.name ?? null
}

const lettersOf = (name: string): string => name.toLowerCase().replaceAll(/[\s_.-]/g, '')

/** How many letters have to be put in, left out or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1]
    for (let place = 0; place < to.length; place++) {
      const changed = row[place]! + (to[place] === letter ? 0 : 1)
      next.push(Math.min(changed, row[place + 1]! + 1, next[place]! + 1))
    }
    row = next
  }
  return row.at(-1)!
}
