import { noCapacity } from './membership.ts'

/** The figures of a return; amounts in cents. `members` lists the capacities that somebody has, by their code. */
export interface Figures {
  readonly members: readonly { readonly capacity: string; readonly count: number }[]
  readonly membersWithoutCapacity: number
  /** Everybody: those per capacity and those without. */
  readonly membersTotal: number
  readonly insuredTotal: number
  readonly slips: number
  readonly claims: number
  readonly interventionCents: number
  readonly patientShareCents: number
  readonly supplementCents: number
}

export const noFigures: Figures = {
  members: [],
  membersWithoutCapacity: 0,
  membersTotal: 0,
  insuredTotal: 0,
  slips: 0,
  claims: 0,
  interventionCents: 0,
  patientShareCents: 0,
  supplementCents: 0,
}

/** Figures that are one number. */
export const totalCells = [
  'membersWithoutCapacity',
  'membersTotal',
  'insuredTotal',
  'slips',
  'claims',
  'interventionCents',
  'patientShareCents',
  'supplementCents',
] as const
export type TotalCell = (typeof totalCells)[number]

/** Every figure that can be asked for its events: the totals, and the members of one capacity. */
export type Cell = TotalCell | `members.${string}`

/** One figure that differs between two sets. */
export interface Difference {
  readonly cell: Cell
  readonly before: number
  readonly after: number
}

/** The number in a cell; a capacity nobody has is 0. */
function cellValue(figures: Figures, cell: Cell): number {
  if (!cell.startsWith('members.')) return figures[cell as TotalCell]
  const capacity = cell.slice('members.'.length)
  return figures.members.find((entry) => entry.capacity === capacity)?.count ?? 0
}

/** Figures that differ; none when both say the same. */
export function differencesOf(before: Figures, after: Figures): Difference[] {
  const codes = new Set([...before.members, ...after.members].map(({ capacity }) => capacity))
  const cells: Cell[] = [...totalCells, ...[...codes].sort().map((capacity): Cell => `members.${capacity}`)]
  return cells.flatMap((cell) => {
    const [one, other] = [cellValue(before, cell), cellValue(after, cell)]
    return one === other ? [] : [{ cell, before: one, after: other }]
  })
}

/** Counts per capacity code as figures: those that somebody has, by their code, and the members without one. */
export function perCapacity(
  counts: Iterable<readonly [capacity: string, count: number]>,
): Pick<Figures, 'members' | 'membersWithoutCapacity'> {
  const known = [...counts].filter(([, count]) => count !== 0)
  return {
    members: known
      .filter(([capacity]) => capacity !== noCapacity)
      .map(([capacity, count]) => ({ capacity, count }))
      .sort((a, b) => (a.capacity < b.capacity ? -1 : 1)),
    membersWithoutCapacity: known.find(([capacity]) => capacity === noCapacity)?.[1] ?? 0,
  }
}
