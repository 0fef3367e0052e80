import { addMonths, type IsoDate } from '@ziv/kernel'
import { type PersonDecision, refuse } from './decision.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Affiliation, Person } from './person.ts'

/** The affiliation that began last: what became known last may lie before it. */
export const lastOf = ({ affiliations }: Pick<Person, 'affiliations'>): Affiliation | undefined =>
  affiliations.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1)

/**
 * A departure that another insurer follows within months is a transfer, which has its own conditions and moves the dependants too
 * (art. 255 to 268 ZIV-besluit). A staff statute that makes the members of an insurer overrides the choice (art. 118 ZIV-wet).
 */
export function transferInDisguise(
  person: Pick<Person, 'affiliations'>,
  insurer: string,
  asked: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  const last = lastOf(person)
  if (!last || last.insurer === insurer || last.leftOn === null || last.followsHolder) return null
  if (facts.statuteProof(insurer, asked) !== null || facts.statuteProof(last.insurer, last.leftOn) !== null) return null
  const free = addMonths(last.leftOn, facts.monthsBeforeFreeChoice(last.leftOn))
  return asked > free ? null : refuse('transferNeeded', { insurer: last.insurer, leftOn: last.leftOn, free })
}

/** The same of an affiliation that exists, when something of it is said to begin on a day before it: what lies before it counts. */
export function transferByReach(
  person: Person,
  home: Affiliation,
  asked: IsoDate,
  facts: PersonFacts,
): PersonDecision | null {
  if (asked >= home.from) return null
  const affiliations = person.affiliations.filter((entry) => entry.from < home.from)
  return transferInDisguise({ affiliations }, home.insurer, asked, facts)
}
