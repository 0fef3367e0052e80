import { by, free, type OwnTables } from '../held.fixture.ts'

const TIMELINES = 'rights: stored timelines equal the fold of the facts'
const SENT = 'copies of days, years and amounts are the messages that told them'

/** @public read by the list of all columns, by the name of the service */
export const own: OwnTables = {
  members: 'rights: members equal the fold of their facts',
  tables: {
    'app.facts': [
      by(TIMELINES, 'person_id kind recorded_at data'),
      by(SENT, 'event_id sequence'),
      free('when it was taken in: nothing is decided by it', 'received_at'),
    ],
    'app.persons': [
      by(
        TIMELINES,
        'person_id insurer ziekenfonds dependant dossier',
        'person_id in (select person_id from app.periods)',
      ),
      // another year says something where the right goes on into it
      by(TIMELINES, 'decided_through', 'person_id = (select min(person_id::text)::uuid from app.periods)'),
    ],
    'app.dependants': [by(TIMELINES, 'holder_id dependant_id')],
    'app.decisions': [by(TIMELINES, 'decision_id person_id year kind outcome from_day to_day capacity ground')],
    'app.periods': [by(TIMELINES, 'person_id from_day to_day insurer ziekenfonds capacity ground decision_id year')],
    'app.warnings': [
      by(
        'rights: warnings equal their events',
        'person_id year reference_year short_cents payable_until warned_on insurer ziekenfonds',
      ),
    ],
  },
}
