import { mergePeriods } from '@ziv/kernel'
import { type MessageCopy, MOMENT_SQL } from '@ziv/service'
import type { InsuredDays } from '../domain/membership.ts'
import { type BatchFacts, type FactPlace, factsOf } from '../reactors/to-facts.ts'

/** Rows of one kind: their place, and what is kept beside it, in SQL and of a fact. */
const rowsOf = <Kind extends keyof BatchFacts>(
  about: Pick<MessageCopy, 'table' | 'context'>,
  kind: Kind,
  columns: string,
  content: (fact: BatchFacts[Kind][number]) => readonly (string | number)[],
): MessageCopy => ({
  ...about,
  row: `concat_ws(' ', insurer, partition, "offset", event_id, ${MOMENT_SQL}, ziekenfonds, ${columns})`,
  wanted: (event) => {
    const [fact] = factsOf([event])[kind] as readonly BatchFacts[Kind][number][]
    return fact === undefined ? null : [...placeOf(fact), ...content(fact)].join(' ')
  },
})

const placeOf = ({ insurer, partition, offset, eventId, recordedAt, ziekenfonds }: FactPlace) => [
  ...[insurer, partition, offset, eventId, recordedAt, ziekenfonds],
]

/** As a multirange keeps them: those that touch are one. */
const daysText = (periods: readonly InsuredDays[]): string =>
  mergePeriods(periods)
    .map(({ from, to }) => `${from}/${to}`)
    .join()
const DAYS = `coalesce(
  (select string_agg(concat(lower(days), '/', upper(days) - 1), ',' order by days) from unnest(periods) as days), '')`

/**
 * What the landsbonden keep for their figures: every fact of every position, also those that newer ones replaced, for a return is
 * folded up to the positions it was made at. What facts of members say is held to the log of affiliation, their place here.
 */
export const messageCopies: readonly MessageCopy[] = [
  rowsOf({ table: 'app.member_facts', context: 'affiliation' }, 'members', 'sequence, kind', ({ fact }) => [
    ...[fact.sequence, fact.kind],
  ]),
  rowsOf({ table: 'app.right_facts', context: 'rights' }, 'rights', DAYS, ({ periods }) => [daysText(periods)]),
  rowsOf({ table: 'app.slip_facts', context: 'contributions' }, 'slips', 'day, amount_cents', (fact) => [
    ...[fact.day, fact.amountCents],
  ]),
  rowsOf(
    { table: 'app.claim_facts', context: 'reimbursement' },
    'claims',
    'day, intervention_cents, patient_share_cents, supplement_cents',
    (fact) => [fact.day, fact.interventionCents, fact.patientShareCents, fact.supplementCents],
  ),
]
