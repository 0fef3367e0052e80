import type { MemberCopy } from '@ziv/members/store'
import type { Queryable } from '@ziv/postgres'
import { storedTexts, textsOf } from '../projections/facts.ts'
import { keptOf } from '../reactors/to-facts.ts'

/** What the landsbonden keep of the members for their figures: the facts that count, as far as counting needs them. */
export const countingCopy = (q: Queryable): MemberCopy => ({
  wanted: ({ facts }) => textsOf(keptOf(facts)),
  stored: (range) => storedTexts(q, range),
})
