import { type Capacity, capacities } from './capacities.ts'

/** The figures of a return; amounts in cents. `members` lists the capacities that somebody has, in the order of the contract. */
export interface Figures {
  readonly members: readonly { readonly capacity: Capacity; readonly count: number }[]
  /** Everybody, also members whose capacity is not known yet. */
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
export type Cell = TotalCell | `members.${Capacity}`
export const cells: readonly Cell[] = [...totalCells, ...capacities.map((capacity): Cell => `members.${capacity}`)]

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
export const differencesOf = (before: Figures, after: Figures): Difference[] =>
  cells.flatMap((cell) => {
    const [one, other] = [cellValue(before, cell), cellValue(after, cell)]
    return one === other ? [] : [{ cell, before: one, after: other }]
  })
