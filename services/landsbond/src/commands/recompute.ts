import type { Law } from '@ziv/law'
import type { Queryable } from '@ziv/postgres'
import type { Figures } from '../domain/figures.ts'
import { foldFigures } from '../projections/figures.ts'
import type { StoredReturn } from '../projections/returns.ts'

/** The figures of a return folded again from the facts up to its own positions. */
export async function recompute(
  q: Queryable,
  law: Law,
  about: Pick<StoredReturn, 'insurer' | 'ziekenfonds' | 'month' | 'positions'>,
): Promise<Figures> {
  const { insurer, ziekenfonds, month, positions } = about
  const figures = await foldFigures(q, { insurer, ziekenfondsen: [ziekenfonds], month, positions, law })
  return figures.get(ziekenfonds)!
}
