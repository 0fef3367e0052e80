import type { Tampering } from './tampering.fixture.ts'

const somebody = `(select min(stream_id) from es.events where type = 'AffiliationOpened')`
const member = '(select min(person_id::text)::uuid from app_members.persons)'

const fold = 'rights: stored timelines equal the fold of the facts'
const firstInsured = 'person_id = (select min(person_id::text)::uuid from app.periods)'
const nameInsured = 'select min(person_id::text) from app.periods'

const firstInvoice = 'sequence = 1 and file_id = (select min(file_id::text)::uuid from app.staged_invoices)'

const firstToCome = `(day, insurer, ziekenfonds, capacity, partition) = (
  select day, insurer, ziekenfonds, capacity, partition from app.member_changes_to_come
   where members <> 0 or insured <> 0 order by 1, 2, 3, 4, 5 limit 1)`
const firstWarned = '(person_id, year) = (select person_id, year from app.warnings order by 1, 2 limit 1)'
const firstNumbered = 'insz_index = (select min(insz_index) from app.insz_index where not replaced)'
const firstAdvance = `position = (select min(position) from app.distributions where kind = 'advance')`
const firstMonth = `(select ziekenfonds, month from app.month_amounts order by ziekenfonds || ' ' || month limit 1)`
const firstBooking = 'position = (select min(position) from app.ledger_lines)'

/** Changes of what the services keep beside their log to decide or to answer with. */
export const storedTamperings: readonly Tampering[] = [
  {
    what: 'a status that nobody granted, for a lower price',
    database: 'reimbursement',
    tables: ['app.statuses'],
    change: [
      `insert into app.statuses (status_id, person_id, kind, valid_from, evidence, recorded_at)
       values (gen_random_uuid(), ${member}, 'increasedIntervention', '2020-01-01', 'made up', now())`,
    ],
    noticedBy: 'reimbursement: statuses equal their events',
    naming: `select ${member}::text`,
  },
  ...(['affiliation', 'contributions', 'reimbursement'] as const).map((database): Tampering => {
    const file = '01980000-0000-7000-8000-0000000000f1'
    return {
      what: `a page of ${database} that is staged for a file which nobody sent`,
      database,
      tables: ['app_files.pages'],
      change: [`insert into app_files.pages (file_id, bucket, page, content) values ('${file}', 0, 0, 'made up')`],
      noticedBy: `${database}: what is staged belongs to a file`,
      naming: `select '${file}'`,
    }
  }),
  {
    what: 'an erasure that nobody asked for',
    database: 'affiliation',
    tables: ['app.erasures'],
    change: [`insert into app.erasures (person_id, requested_at) select substr(${somebody}, 8)::uuid, now()`],
    noticedBy: 'affiliation: erasures equal the log',
    naming: `select substr(${somebody}, 8)`,
  },
  {
    what: 'keys of persons that were destroyed without an erasure',
    database: 'privacy',
    tables: ['privacy.keys'],
    change: ['update privacy.keys set wrapped = null, destroyed_at = now() where wrapped is not null'],
    noticedBy: 'keys of persons open',
    naming: `select 'keys are gone of persons who were not erased'`,
  },
  {
    what: 'keys of persons and of billing files whose row was removed',
    database: 'privacy',
    tables: ['privacy.keys'],
    change: ['delete from privacy.keys'],
    noticedBy: 'keys of persons open',
    naming: `select 'keys are gone of files that need them'`,
  },
  {
    what: 'a distribution that is gone',
    database: 'riziv',
    tables: ['app.distributions'],
    change: [`delete from app.distributions where ${firstAdvance}`],
    noticedBy: 'riziv: distributions and objectives equal the events',
    naming: `select e.stream_id from app.distributions d join es.events e on e.data ->> 'distributionId' = d.distribution_id::text
      where d.position = (select min(position) from app.distributions where kind = 'advance')`,
  },
  {
    what: 'a distribution that nobody decided',
    database: 'riziv',
    tables: ['app.distributions'],
    change: [
      `insert into app.distributions (distribution_id, kind, year, month, decided_on, decided_at, total_cents, shares, grounds)
       select '00000000-0000-4000-8000-000000000001', kind, year, month, decided_on, decided_at, total_cents, shares, grounds
         from app.distributions where ${firstAdvance}`,
    ],
    noticedBy: 'riziv: distributions and objectives equal the events',
    naming: `select '1 differ: 00000000-0000-4000-8000-000000000001 (no event says it)'`,
  },
  {
    what: 'a booking that is gone',
    database: 'riziv',
    tables: ['app.ledger_lines'],
    change: [
      `delete from app.ledger_lines where entry_id = (select entry_id from app.ledger_lines where ${firstBooking})`,
    ],
    noticedBy: 'riziv: ledger equals the events',
    naming: `select '1 differ: ' || entry_id from app.ledger_lines where ${firstBooking}`,
  },
  {
    what: 'amounts of a month that are gone',
    database: 'landsbond',
    tables: ['app.month_amounts'],
    change: [`delete from app.month_amounts where (ziekenfonds, month) = ${firstMonth}`],
    noticedBy: 'landsbond: amounts per month equal the fold of the facts',
    naming: `select ziekenfonds || ' ' || month from app.month_amounts order by 1 limit 1`,
  },
  {
    what: 'a payment that is booked for a year nobody paid for',
    database: 'contributions',
    tables: ['app.booked_payments'],
    change: [`insert into app.booked_payments (payment_id, person_id, year) values ('made up', ${member}, 1999)`],
    noticedBy: 'contributions.payments',
    naming: `select 'made up of ' || ${member} || ' 1999'`,
  },
  {
    what: 'who depends on whom',
    database: 'rights',
    tables: ['app.dependants'],
    change: ['delete from app.dependants'],
    noticedBy: fold,
    naming: 'select min(dependant_id::text) from app.dependants',
  },
  ...[
    "ziekenfonds = '999'",
    "insurer = '900'",
    'dependant = not dependant',
    'decided_through = decided_through + 1',
  ].map(
    (column): Tampering => ({
      what: `a column beside a dossier: ${column}`,
      database: 'rights',
      tables: ['app.persons'],
      change: [`update app.persons set ${column} where ${firstInsured}`],
      noticedBy: fold,
      naming: nameInsured,
    }),
  ),
  ...['update app.staged_invoices set paid_cents = paid_cents + 1', 'delete from app.staged_invoices'].map(
    (change): Tampering => ({
      what: `the answer to a billing file: ${change}`,
      database: 'reimbursement',
      tables: ['app.staged_invoices'],
      change: [`${change} where ${firstInvoice}`],
      noticedBy: 'reimbursement: answers to billing files equal what was recorded with their end',
      naming: 'select min(file_id::text) from app.staged_invoices',
    }),
  ),
  ...["ziekenfonds = '999'", "insurer = '999'", "provider_number = '10000007999'", 'person_id = gen_random_uuid()'].map(
    (column): Tampering => ({
      what: `a claim in the list of claims: ${column}`,
      database: 'reimbursement',
      tables: ['app.claims'],
      change: [`update app.claims set ${column} where claim_id = (select min(claim_id::text)::uuid from app.claims)`],
      noticedBy: 'reimbursement: claims equal their events',
      naming: 'select min(claim_id::text) from app.claims',
    }),
  ),
  {
    what: 'a claim that is gone from the list of claims',
    database: 'reimbursement',
    tables: ['app.claims'],
    change: ['delete from app.claims where claim_id = (select min(claim_id::text)::uuid from app.claims)'],
    noticedBy: 'reimbursement: claims equal their events',
    naming: 'select min(claim_id::text) from app.claims',
  },
  {
    what: 'a change of members that waits for its day',
    database: 'landsbond',
    tables: ['app.member_changes_to_come'],
    change: [`update app.member_changes_to_come set day = day + 1 where ${firstToCome}`],
    noticedBy: 'landsbond: changes of members to come equal the fold of the facts',
    naming: `select insurer || '/' || lpad(partition::text, 5, '0') from app.member_changes_to_come where ${firstToCome}`,
  },
  {
    what: 'the day of a booking',
    database: 'riziv',
    tables: ['app.ledger_lines'],
    change: [`update app.ledger_lines set booked_on = booked_on + 1 where ${firstBooking}`],
    noticedBy: 'riziv: ledger equals the events',
    naming: `select entry_id::text from app.ledger_lines where ${firstBooking}`,
  },
  ...[
    'short_cents = short_cents + 1',
    'payable_until = payable_until + 1',
    "ziekenfonds = '999'",
    'warned_on = warned_on - 1',
  ].map(
    (column): Tampering => ({
      what: `a warning that was sent: ${column}`,
      database: 'rights',
      tables: ['app.warnings'],
      change: [`update app.warnings set ${column} where ${firstWarned}`],
      noticedBy: 'rights: warnings equal their events',
      naming: `select person_id || '-' || year from app.warnings where ${firstWarned}`,
    }),
  ),
  {
    what: 'a warning that is listed and was never sent',
    database: 'rights',
    tables: ['app.warnings'],
    change: [`update app.warnings set year = year + 50 where ${firstWarned}`],
    noticedBy: 'rights: warnings equal their events',
    naming: `select person_id || '-' || year from app.warnings where ${firstWarned}`,
  },
  {
    what: 'the year that a day in order is filed under',
    database: 'rights',
    tables: ['app.periods'],
    change: [`update app.periods set year = year + 1 where ${firstInsured}`],
    noticedBy: fold,
    naming: nameInsured,
  },
  {
    what: 'the last year that was decided, set back behind the decisions of the log',
    database: 'rights',
    tables: ['app.persons', 'app_runs.runs'],
    change: [
      `update app.persons set decided_through = decided_through - 10 where ${firstInsured}`,
      `update app_runs.runs set params = jsonb_set(params, '{year}', '1990') where kind = 'renewal'`,
    ],
    noticedBy: fold,
    naming: nameInsured,
  },
  {
    what: 'a number that is said to be replaced',
    database: 'affiliation',
    tables: ['app.insz_index'],
    change: [`update app.insz_index set replaced = true where ${firstNumbered}`],
    noticedBy: 'affiliation: index of numbers',
    naming: `select person_id::text from app.insz_index where ${firstNumbered}`,
  },
  {
    what: 'a number that leads to a person whom the log does not know',
    database: 'affiliation',
    tables: ['app.insz_index'],
    change: [
      `insert into app.insz_index (insz_index, person_id) values (repeat('x', 43), '00000000-0000-4000-8000-000000000001')`,
    ],
    noticedBy: 'affiliation: index of numbers',
    naming: `select '00000000-0000-4000-8000-000000000001'`,
  },
  {
    what: 'the event that told a number last',
    database: 'contributions',
    tables: ['app_members.identifiers'],
    change: [
      `update app_members.identifiers set recorded_at = recorded_at + interval '1 day' where person_id = ${member}`,
    ],
    noticedBy: 'every copy of the members is what affiliation told',
    naming: `select ${member} || ' in contributions'`,
  },
  ...[
    ['app.tariffs', "recorded_at = recorded_at - interval '1 day'"],
    ['app.tariff_imports', "imported_at = imported_at - interval '1 day'"],
    ['app.tariff_imports', 'rows_added = rows_added + 1'],
    ['app.tariff_imports', "origin = 'nomensoft'"],
  ].map(
    ([table, column]): Tampering => ({
      what: `since when fees are known, and where they come from: ${column}`,
      database: 'reimbursement',
      tables: [table!],
      change: [`update ${table} set ${column}`],
      noticedBy: 'reimbursement: fees equal what was recorded with their list',
      naming: `select 'that differ'`,
    }),
  ),
  {
    what: 'the grounds of a distribution',
    database: 'riziv',
    tables: ['app.distributions'],
    change: [`update app.distributions set grounds = '[]' where ${firstAdvance}`],
    noticedBy: 'riziv: distributions and objectives equal the events',
    naming: `select 'advance-' || month from app.distributions where ${firstAdvance}`,
  },
]
