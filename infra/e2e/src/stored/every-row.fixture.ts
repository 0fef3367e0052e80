import type { Sandbox, ServiceName } from '@ziv/sandbox'
import { describe, expect, it } from 'vitest'
import { changed, failsNow, openBehind, proofsByCheck } from '../behind.fixture.ts'
import { storedColumns } from './columns.fixture.ts'

const someone = 'gen_random_uuid()'
const later = '"position" + 1000003'

/** Tables of rights and of money: a condition on the row that is taken away or copied, and what makes the key of the copy another one. */
const tables: readonly (readonly [ServiceName, string, string, Readonly<Record<string, string>>])[] = [
  ['rights', 'app.persons', 'dossier is not null', { person_id: someone }],
  ['rights', 'app.periods', 'true', { person_id: someone }],
  ['rights', 'app.decisions', 'true', { decision_id: someone }],
  ['rights', 'app.dependants', 'true', { dependant_id: someone }],
  ['rights', 'app.warnings', 'true', { person_id: someone }],
  ['reimbursement', 'app.insurability', 'jsonb_array_length(periods) > 0', { person_id: someone }],
  ['reimbursement', 'app.claims', 'true', { claim_id: someone }],
  ['reimbursement', 'app.settled_lines', 'true', { line: '77', care_date: `'2031-01-01'::date` }],
  ['contributions', 'app.year_state', `state ? 'settled'`, { person_id: someone }],
  ['contributions', 'app.booked_payments', 'true', { payment_id: `'invented'` }],
  ['landsbond', 'app.month_amounts', 'claims > 0', { month: `'2031-01'` }],
  ['landsbond', 'app.claim_facts', 'true', { event_id: someone, offset: '"offset" + 1000003' }],
  ['landsbond', 'app.returns', `state = 'accepted'`, { return_id: someone, attempt: '77' }],
  ['riziv', 'app.accepted_returns', 'true', { return_id: someone, month: `'2031-01'` }],
  ['riziv', 'app.budgets', 'true', { year: '2031' }],
  ['riziv', 'app.distributions', `kind = 'advance'`, { distribution_id: someone, position: later }],
  ['riziv', 'app.ledger_lines', 'true', { entry_id: someone, position: later }],
]

/** That a row which is taken away, and one which nobody told, is noticed in every table that says what somebody has a right to or is paid. */
export function holdsEveryRow(sandbox: () => Sandbox): void {
  describe('every row', () => {
    it.for(tables)('of %s, %s is held: one that is gone or invented is noticed', async ([name, table, rows, key]) => {
      await using opened = await openBehind(sandbox(), name)
      const { database } = opened
      const proofs = await proofsByCheck(sandbox())
      const held = (await storedColumns())[name]![table]!
      const checks = new Set(held.flatMap(({ check }) => (check === null ? [] : [check])))
      const patch = Object.entries(key).flatMap(([column, value]) => [`'${column}'`, value])
      const changes = [
        `delete from ${table} where ctid = (select ctid from ${table} where ${rows} order by ctid limit 1)`,
        `insert into ${table} overriding system value
         select (jsonb_populate_record(kept, jsonb_build_object(${patch.join(', ')}))).* from ${table} kept
          where ctid = (select ctid from ${table} where ${rows} order by ctid limit 1)`,
      ]
      for (const change of changes) {
        await using _back = await changed(database, [table], [change])
        let noticed = false
        for (const check of checks) noticed ||= await failsNow(sandbox(), proofs.get(check)!)
        expect(noticed, change).toBe(true)
      }
    })
  })
}
