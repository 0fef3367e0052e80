import { by, free, type OwnTables } from '../held.fixture.ts'

const DAYS = 'reimbursement controls care with the days that rights decided'
const SENT = 'copies of days, years and amounts are the messages that told them'
const FEES = 'reimbursement: fees equal what was recorded with their list'
const CLAIMS = 'reimbursement: claims equal their events'
const BILLED = 'reimbursement: answers to billing files equal what was recorded with their end'

/** @public read by the list of all columns, by the name of the service */
export const own: OwnTables = {
  files: { answers: BILLED, kind: 'invoiceFile' },
  members: 'reimbursement.members',
  tables: {
    'app.insurability': [by(DAYS, 'person_id periods'), by(SENT, 'recorded_at sequence event_id')],
    'app.statuses': [
      by(
        'reimbursement: statuses equal their events',
        'status_id person_id kind valid_from valid_to evidence recorded_at',
      ),
    ],
    'app.tariff_imports': [by(FEES, 'import_id file_hash origin rows_added imported_at')],
    'app.tariffs': [
      by(
        FEES,
        `tariff_id code valid_from valid_to reliable_to profession fee_cents amounts patient_share_parameter referral_reduces source
         confidence recorded_at import_id`,
      ),
    ],
    'app.staged_fees': [
      free(
        'rests between reading and working, and is gone when the list is in force',
        'import_id code fee_code valid_from valid_to amount_cents document',
      ),
    ],
    'app.staged_invoices': [
      by(
        BILLED,
        'file_id sequence destination ziekenfonds first_record records patient_subject patient verdict asked_cents paid_cents',
      ),
    ],
    'app.claims': [
      by(
        CLAIMS,
        `claim_id person_id insurer ziekenfonds provider_number channel file_id sequence first_care_date recorded_at accepted_lines
         refused_lines intervention_cents`,
      ),
    ],
    'app.settled_lines': [
      by(
        'reimbursement.settledLines',
        `person_id provider nomenclature care_date variant claim_id line units intervention_cents patient_share_cents
         supplement_cents`,
      ),
    ],
  },
}
