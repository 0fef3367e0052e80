import type { Caller } from '@ziv/http'
import { assertMaySee, badRequest } from '@ziv/http'
import type { Queryable } from '@ziv/postgres'
import type { z } from 'zod'
import type { Figures } from '../domain/figures.ts'
import { findReturn, type StoredReturn } from '../projections/returns.ts'
import type { figuresSchema, returnSchema, returnSummarySchema } from './schemas.ts'

/** Who may read returns: the ziekenfonds itself, its landsbond, the supervisor. */
export const readers = {
  access: {
    roles: ['clerk', 'landsbondViewer', 'landsbondApprover', 'rizivSupervisor', 'system'] as const,
    scope: 'ziekenfonds' as const,
  },
}

export const figuresOf = (figures: Figures): z.infer<typeof figuresSchema> => ({
  ...figures,
  members: figures.members.map((entry) => ({ ...entry })),
})

export function summaryOf(found: StoredReturn): z.infer<typeof returnSummarySchema> {
  const { returnId, insurer, ziekenfonds, month, attempt, state, submittedOn, decidedOn, reason, figures } = found
  return {
    returnId,
    insurer: insurer as '300',
    ziekenfonds,
    month,
    attempt,
    state,
    submittedOn,
    ...(decidedOn === null ? {} : { decidedOn }),
    ...(reason === null ? {} : { reason }),
    figures: figuresOf(figures),
    href: `/landsbond/v1/returns/${returnId}`,
  }
}

export const fullOf = (found: StoredReturn): z.infer<typeof returnSchema> => ({
  ...summaryOf(found),
  positions: { ...found.positions },
})

/** A return the caller may see; 404 otherwise, as if it did not exist. */
export async function visibleReturn(q: Queryable, caller: Caller, returnId: string): Promise<StoredReturn> {
  const found = await findReturn(q, returnId)
  assertMaySee(caller, found === null ? null : { insurer: found.insurer, ziekenfonds: found.ziekenfonds })
  return found as StoredReturn
}

export const badCursor = () =>
  badRequest({
    type: 'invalidInput',
    in: 'query',
    name: 'cursor',
    detail: {
      nl: 'deze cursor komt niet van ons: begin opnieuw zonder cursor',
      fr: "ce curseur n'est pas de nous: recommencez sans curseur",
      de: 'dieser Cursor ist nicht von uns: beginnen Sie ohne Cursor von vorn',
      en: 'this cursor is not one of ours: start again without a cursor',
    },
  })
