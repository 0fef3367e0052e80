import type { Queryable } from '@ziv/postgres'
import type { Figures } from '../domain/figures.ts'
import { foldFigures } from '../projections/figures.ts'
import type { StoredReturn } from '../projections/returns.ts'

/** The figures of a return folded again from the facts up to its own positions, by the order of advantage it was made with. */
export async function recompute(
  q: Queryable,
  about: Pick<StoredReturn, 'insurer' | 'ziekenfonds' | 'month' | 'positions' | 'places'>,
): Promise<Figures> {
  const { insurer, ziekenfonds, month, positions, places } = about
  const figures = await foldFigures(q, { insurer, ziekenfondsen: [ziekenfonds], month, positions, places })
  return figures.get(ziekenfonds)!
}
