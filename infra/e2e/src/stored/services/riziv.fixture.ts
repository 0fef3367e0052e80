import { by, free, type OwnTables } from '../held.fixture.ts'

const ACCEPTED = 'the RIZIV counts with the returns that were accepted'
const DISTRIBUTED = 'riziv: distributions and objectives equal the events'
const LEDGER = 'riziv: ledger equals the events'
const FIRST_LINE =
  '(entry_id, line) in (select entry_id, min(line) from app.ledger_lines group by 1 having count(*) > 1)'

/** @public read by the list of all columns, by the name of the service */
export const own: OwnTables = {
  tables: {
    'app.accepted_returns': [
      by(ACCEPTED, 'insurer ziekenfonds month return_id members intervention_cents accepted_on'),
      free('which of two acceptances counts: the one that counts is compared', 'recorded_at'),
    ],
    'app.ledger_lines': [
      by(LEDGER, 'entry_id line booked_on account description', FIRST_LINE),
      by(LEDGER, 'debit_cents', 'debit_cents > 0'),
      by(LEDGER, 'credit_cents', 'credit_cents > 0'),
      free('order of showing', 'position'),
    ],
    'app.budgets': [by(DISTRIBUTED, 'year objective_cents')],
    'app.distributions': [
      by(DISTRIBUTED, 'distribution_id kind year month decided_on total_cents shares grounds', `kind = 'advance'`),
      free('moment and order of showing: the day is compared', 'decided_at position'),
    ],
  },
}
