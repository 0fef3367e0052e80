import { by, free, type OwnTables } from '../held.fixture.ts'

/** @public read by the list of all columns, by the name of the service */
export const own: OwnTables = {
  files: {
    answers: 'contributions: answers to files of slips equal what was recorded with their end',
    kind: 'slipIntake',
  },
  members: 'contributions.members',
  tables: {
    'app.matching_lock': [free('always empty', 'nothing')],
    'app.waiting_slips': [
      by(
        'contributions.waiting',
        'insz_index source sender quarter amount_cents status arrival part command_id created_at salt',
      ),
    ],
    'app.year_state': [by('contributions.yearState', 'person_id year stream_version stream_hash state')],
    'app.payment_references': [by('contributions.references', 'number person_id quarter')],
    'app.booked_payments': [by('contributions.payments', 'payment_id person_id year')],
  },
}
