import { by, free, type OwnTables } from '../held.fixture.ts'

const COPIED = 'every copy of the members is what affiliation told'
const RECOMPUTES = 'landsbond: every return recomputes to the same numbers'
const AMOUNTS = 'landsbond: amounts per month equal the fold of the facts'
const PLACED = 'landsbond: every fact lies before the position of its partition'
const MEMBERS = 'landsbond: members now equal the fold of the facts'
const TO_COME = 'landsbond: changes of members to come equal the fold of the facts'
const RETURNS = 'landsbond: returns equal their events'
const SENT = 'copies of days, years and amounts are the messages that told them'
const changed = 'when it was written last, for readers who wait for changes'
const spread = 'which lane keeps the sum: the sum over all is compared'
/** A right that a return was counted with. */
const SETTLED_RIGHT = `(insurer, person_id, "offset") in (
  select insurer, person_id, max("offset") from app.right_facts group by 1, 2)
  and person_id in (select person_id from app.member_facts where kind = 'opened' and from_day < '2024-01-01')`

/** @public read by the list of all columns, by the name of the service */
export const own: OwnTables = {
  tables: {
    'app.positions': [
      by(PLACED, 'topic partition', `"offset" > 0 and topic like '%.affiliation.v1'`),
      free(
        'a place behind the facts promises nothing that is not there: facts are compared with their owner',
        'offset events',
      ),
    ],
    'app.member_facts': [
      by(
        COPIED,
        `insurer event_id person_id thing_id recorded_at sequence from_day to_day acquired_on capacity ziekenfonds kind`,
      ),
      by(PLACED, 'partition offset'),
    ],
    'app.right_facts': [
      by(RECOMPUTES, 'insurer partition offset person_id periods', SETTLED_RIGHT),
      by(SENT, 'event_id recorded_at ziekenfonds'),
    ],
    'app.slip_facts': [
      by(AMOUNTS, 'insurer day ziekenfonds'),
      by(PLACED, 'partition offset'),
      by(SENT, 'event_id person_id amount_cents recorded_at'),
    ],
    'app.claim_facts': [
      by(AMOUNTS, 'insurer intervention_cents patient_share_cents supplement_cents day ziekenfonds'),
      by(PLACED, 'partition offset'),
      by(SENT, 'event_id person_id recorded_at'),
    ],
    'app.business_day': [by(MEMBERS, 'day'), free('there is one row', 'only_row')],
    'app.member_counts': [
      by(MEMBERS, 'insurer ziekenfonds capacity members insured', 'members <> 0'),
      free(spread, 'partition'),
      free(changed, 'changed_tx'),
    ],
    'app.member_changes_to_come': [
      by(TO_COME, 'day insurer ziekenfonds capacity partition members insured', 'members <> 0 or insured <> 0'),
    ],
    'app.month_amounts': [
      by(AMOUNTS, 'insurer ziekenfonds month slips claims intervention_cents patient_share_cents supplement_cents'),
      free(spread, 'partition'),
      free(changed, 'changed_tx'),
    ],
    'app.returns': [
      by(
        RETURNS,
        'return_id insurer ziekenfonds month attempt state submitted_on decided_on reason figures positions places',
        `state = 'accepted'`,
      ),
      free('the append of a decision checks it against the stream', 'stream_version'),
      free(changed, 'changed_tx'),
    ],
  },
}
