import type { Tampering } from './tampering.fixture.ts'

const firstCopied = 'person_id = (select min(person_id::text)::uuid from app.insurability)'
/** The check of what is kept of the messages of others. */
export const sentCopies = 'copies of days, years and amounts are the messages that told them'

/** One that is not the newest of its year: no timeline of today is folded with it. */
const superseded = `select event_id from app.facts f where kind = 'assessed' and exists (
    select from app.facts newer where newer.person_id = f.person_id and newer.data ->> 'referenceYear' = f.data ->> 'referenceYear'
      and (newer.recorded_at, newer.sequence) > (f.recorded_at, f.sequence))
  and data ->> 'met' = 'false' order by event_id::text limit 1`
const replaced = `select event_id from app.right_facts f where periods <> '{}' and exists (
    select from app.right_facts newer where (newer.insurer, newer.person_id) = (f.insurer, f.person_id) and newer."offset" > f."offset")
  order by event_id::text limit 1`

/** Changes of what the services keep of messages of others. */
export const messageTamperings: readonly Tampering[] = [
  ...[
    "recorded_at = recorded_at + interval '100 years'",
    'sequence = sequence + 1',
    'event_id = gen_random_uuid()',
  ].map(
    (column): Tampering => ({
      what: `the place of a copy of days among those to come: ${column}`,
      database: 'reimbursement',
      tables: ['app.insurability'],
      change: [`update app.insurability set ${column} where ${firstCopied}`],
      // also where upkeep removed the message from the outbox
      alike: [{ database: 'rights', tables: ['es.outbox'], change: ['delete from es.outbox'] }],
      noticedBy: sentCopies,
      naming: 'select min(person_id::text) from app.insurability',
    }),
  ),
  ...[
    ['landsbond', 'app.slip_facts', 'amount_cents = amount_cents + 1'],
    ['landsbond', 'app.claim_facts', 'person_id = gen_random_uuid()'],
    ['landsbond', 'app.slip_facts', `day = case extract(day from day) when 1 then day + 1 else day - 1 end`],
    ['landsbond', 'app.claim_facts', 'patient_share_cents = patient_share_cents + 1'],
    ['landsbond', 'app.claim_facts', 'supplement_cents = supplement_cents + 1'],
    ['landsbond', 'app.right_facts', 'event_id = gen_random_uuid()'],
    ['landsbond', 'app.member_facts', '"offset" = "offset" + 1000003'],
    ['rights', 'app.facts', 'sequence = sequence + 1'],
    ['rights', 'app.facts', `kind = 'told'`],
  ].map(
    ([database, table, column]): Tampering => ({
      what: `a row that was made of a message: ${table}, ${column}`,
      database: database as 'rights',
      tables: [table!],
      change: [`update ${table} set ${column}`],
      noticedBy: sentCopies,
      naming: `select '${table} of ${database}'`,
    }),
  ),
  {
    what: 'what was told of a year before something newer was: it answers for an earlier moment',
    database: 'rights',
    tables: ['app.facts'],
    change: [
      `update app.facts set data = (data::jsonb || '{"met": true, "shortCents": 0}')::json where event_id = (${superseded})`,
    ],
    noticedBy: sentCopies,
    naming: `select person_id || ' in app.facts of rights' from app.facts where event_id = (${superseded})`,
  },
  {
    what: 'days in order that newer ones replaced',
    database: 'landsbond',
    tables: ['app.right_facts'],
    change: [`update app.right_facts set periods = '{}' where event_id = (${replaced})`],
    noticedBy: sentCopies,
    naming: `select person_id || ' in app.right_facts of landsbond' from app.right_facts where event_id = (${replaced})`,
  },
]
