import type { ServiceName } from '@ziv/sandbox'
import { messageTamperings, sentCopies } from './tampering.messages.fixture.ts'
import { storedTamperings } from './tampering.stored.fixture.ts'

/** What somebody with all rights of a database changes behind the back of the programs. */
interface Changed {
  readonly database: ServiceName | 'messaging' | 'privacy'
  /** Tables that are put back afterwards. */
  readonly tables: readonly string[]
  /** Statements, each of which changes something. */
  readonly change: readonly string[]
}

/** A change, and what has to notice it. */
export interface Tampering extends Changed {
  readonly what: string
  /** Changes of the same in other databases, so that what is there agrees with each other. */
  readonly alike?: readonly Changed[]
  /** The check that fails; `naming` gives what its detail has to name. */
  readonly noticedBy: string
  readonly naming: string
  /** Checks that fail with it: of what was made of a message that was changed. */
  readonly also?: readonly string[]
}

const fold = 'rights: stored timelines equal the fold of the facts'
const sent = 'messages sent are those of the outboxes'
const noted = 'logs hold what was noted outside the databases'
const published = 'notes in the topic are those of the file'
const secondNote = `"offset" = (select min("offset") + 1 from log.messages where partition_id = m.partition_id)
  and m.partition_id = (select partition_id from log.partitions join log.topics using (topic_id) where name = 'ziv.anchor.v1')`
const lastOutbox = '(select max(id) from es.outbox)'
const lastMessage = `(partition_id, "offset") = (select partition_id, "offset" from log.messages order by 1 desc, 2 desc limit 1)`
const messageName = `select t.name || ' ' || m.key from log.messages m join log.partitions using (partition_id)
  join log.topics t using (topic_id) order by m.partition_id desc, m."offset" desc limit 1`
const outboxName = `select topic || ' ' || key from es.outbox where id = ${lastOutbox}`
const somebody = `(select min(stream_id) from es.events where type = 'AffiliationOpened')`
const somebodyId = `substr(${somebody}, 8)::uuid`

/** The newest that was told of a year, where it asks for something that is not too late. */
const asked = `select event_id from (select distinct on (person_id, data ->> 'referenceYear') event_id, data
    from app.facts where kind = 'assessed' order by person_id, data ->> 'referenceYear', recorded_at desc, sequence desc) newest
  where data ->> 'met' = 'false' and data #>> '{explanation,repairs,0,until}' > '2026' limit 1`

const copied = 'every copy of the members is what affiliation told'
const opened = `(select min(event_id::text)::uuid from app_members.facts where kind = 'opened')`
const knownEarlier = [
  `update app_members.facts set recorded_at = recorded_at - interval '1 day' where event_id = ${opened}`,
]
const firstRow = `(topic, key, sequence) = (select topic, key, 1 from es.outbox where topic like 'ziv.%.affiliation.v1' and sequence = 1
  order by topic collate "C", key collate "C" limit 1)`
const firstSent = `(m.partition_id, m."offset") = (select m.partition_id, m."offset" from log.messages m
  join log.partitions using (partition_id) join log.topics t using (topic_id)
  where t.name like 'ziv.%.affiliation.v1' and m.headers::json ->> 'ce_sequence' = '1'
  order by t.name collate "C", m.key collate "C" limit 1)`

export const tamperings: readonly Tampering[] = [
  {
    what: 'an affiliation in the list of affiliation',
    database: 'affiliation',
    tables: ['app.affiliations'],
    change: [
      'update app.affiliations set valid_from = valid_from + 1 where affiliation_id = (select min(affiliation_id::text)::uuid from app.affiliations)',
    ],
    noticedBy: 'affiliation: affiliations equal the log',
    naming:
      'select person_id::text from app.affiliations where affiliation_id = (select min(affiliation_id::text)::uuid from app.affiliations)',
  },
  {
    what: 'a refusal in the list of decisions',
    database: 'rights',
    tables: ['app.decisions'],
    change: [
      'update app.decisions set to_day = to_day + 1 where decision_id = (select min(decision_id::text)::uuid from app.decisions)',
    ],
    noticedBy: fold,
    naming: 'select person_id::text from app.decisions order by decision_id::text limit 1',
  },
  {
    what: 'a fact that rights decides on',
    database: 'rights',
    tables: ['app_members.facts'],
    change: [
      `update app_members.facts set ziekenfonds = '999' where event_id = (select min(event_id::text)::uuid from app_members.facts where kind = 'opened')`,
    ],
    noticedBy: 'rights: members equal the fold of their facts',
    naming: `select person_id::text from app_members.facts where kind = 'opened' order by event_id::text limit 1`,
  },
  {
    what: 'a number that leads to another person in a copy',
    database: 'reimbursement',
    tables: ['app_members.identifiers'],
    change: [
      `update app_members.identifiers set person_id = (select max(person_id::text)::uuid from app_members.identifiers)
        where person_id = (select min(person_id::text)::uuid from app_members.identifiers)`,
    ],
    noticedBy: copied,
    naming: `select min(person_id::text) || ' in reimbursement' from app_members.identifiers`,
  },
  {
    what: 'since when a fact of a member is known, alike in every copy',
    database: 'contributions',
    tables: ['app_members.facts'],
    change: knownEarlier,
    alike: (['rights', 'reimbursement'] as const).map((database) => {
      return { database, tables: ['app_members.facts'], change: knownEarlier }
    }),
    noticedBy: copied,
    naming: `select person_id || ' in contributions' from app_members.facts where event_id = ${opened}`,
  },
  {
    what: 'a fact that the landsbonden count with',
    database: 'landsbond',
    tables: ['app.member_facts'],
    change: [
      `update app.member_facts set recorded_at = recorded_at + interval '1 day' where event_id = (select min(event_id::text)::uuid from app.member_facts)`,
    ],
    noticedBy: copied,
    naming: `select person_id || ' in landsbond' from app.member_facts order by event_id::text limit 1`,
  },
  {
    what: 'a fee',
    database: 'reimbursement',
    tables: ['app.tariffs'],
    change: [
      'update app.tariffs set fee_cents = fee_cents + 1 where tariff_id = (select max(tariff_id) from app.tariffs)',
    ],
    noticedBy: 'reimbursement: fees equal what was recorded with their list',
    naming: 'select import_id::text from app.tariffs order by tariff_id desc limit 1',
  },
  {
    what: 'the total of a distribution',
    database: 'riziv',
    tables: ['app.distributions'],
    change: [
      `update app.distributions set total_cents = total_cents + 1 where position = (select min(position) from app.distributions where kind = 'advance')`,
    ],
    noticedBy: 'riziv: distributions and objectives equal the events',
    naming: `select 'advance-' || month from app.distributions where kind = 'advance' order by position limit 1`,
  },
  {
    what: 'the decision on a return',
    database: 'landsbond',
    tables: ['app.returns'],
    change: [
      `update app.returns set decided_on = decided_on + 1 where return_id = (select min(return_id::text)::uuid from app.returns where state = 'accepted')`,
    ],
    noticedBy: 'landsbond: returns equal their events',
    naming: `select min(return_id::text) from app.returns where state = 'accepted'`,
  },
  {
    what: 'a return that was accepted',
    database: 'riziv',
    tables: ['app.accepted_returns'],
    change: [
      'update app.accepted_returns set intervention_cents = intervention_cents + 1 where return_id = (select min(return_id::text)::uuid from app.accepted_returns)',
    ],
    noticedBy: 'the RIZIV counts with the returns that were accepted',
    naming: 'select min(return_id::text) from app.accepted_returns',
  },
  {
    what: 'a row of an outbox',
    database: 'affiliation',
    tables: ['es.outbox'],
    change: [`update es.outbox set payload = '{}' where id = ${lastOutbox}`],
    noticedBy: sent,
    naming: outboxName,
  },
  {
    what: 'a row that is gone from an outbox',
    database: 'affiliation',
    tables: ['es.outbox'],
    change: [`delete from es.outbox where id = ${lastOutbox}`],
    noticedBy: sent,
    naming: outboxName,
  },
  {
    what: 'a row of an outbox and its message, alike',
    database: 'affiliation',
    tables: ['es.outbox'],
    change: [
      `update es.outbox set payload = replace(payload::text, '"ziekenfonds":"', '"ziekenfonds":"9')::json where ${firstRow}`,
    ],
    alike: [
      {
        database: 'messaging',
        tables: ['log.messages'],
        change: [
          `update log.messages m set value = replace(value, '"ziekenfonds":"', '"ziekenfonds":"9') where ${firstSent}`,
        ],
      },
    ],
    also: [sentCopies],
    noticedBy: 'affiliation: messages equal the log',
    naming: `select topic || ' ' || key || ' 1: no event of the log told this' from es.outbox where ${firstRow}`,
  },
  {
    what: 'a message whose row upkeep removed from the outbox',
    database: 'affiliation',
    tables: ['es.outbox'],
    change: ['delete from es.outbox'],
    alike: [
      {
        database: 'messaging',
        tables: ['log.messages'],
        change: [
          `update log.messages m set value = replace(value, '"ziekenfonds":"', '"ziekenfonds":"9') where ${firstSent}`,
        ],
      },
    ],
    also: [sentCopies],
    noticedBy: 'topics hold what the log of affiliation told',
    naming: `select topic || ' ' || key || ' 1: no event of the log told this' from es.topic_keys
      where topic like 'ziv.%.affiliation.v1' order by topic collate "C", key collate "C" limit 1`,
  },
  {
    what: 'a message of the log',
    database: 'messaging',
    tables: ['log.messages'],
    change: [`update log.messages set value = '{}' where ${lastMessage}`],
    noticedBy: sent,
    naming: messageName,
  },
  {
    what: 'a message that is gone from the log',
    database: 'messaging',
    tables: ['log.messages'],
    change: [`delete from log.messages where ${lastMessage}`],
    noticedBy: sent,
    naming: messageName,
  },
  {
    what: 'a note in its topic',
    database: 'messaging',
    tables: ['log.messages'],
    change: [`update log.messages m set value = replace(value, '2023-', '2022-') where ${secondNote}`],
    noticedBy: published,
    naming: `select 'message 2 of the topic'`,
  },
  {
    what: 'a note that is gone from its topic',
    database: 'messaging',
    tables: ['log.messages'],
    change: [`delete from log.messages m where ${secondNote}`],
    noticedBy: published,
    naming: `select 'note 2 of the topic'`,
  },
  {
    what: 'the key of a person',
    database: 'privacy',
    tables: ['privacy.keys'],
    change: [
      'update privacy.keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where subject_id = (select min(subject_id) from privacy.keys where wrapped is not null)',
    ],
    noticedBy: 'keys of persons open',
    naming: 'select min(subject_id) from privacy.keys where wrapped is not null',
  },
  {
    what: 'the end of a chain that was cut, with its head set back',
    database: 'affiliation',
    tables: ['es.events', 'es.streams'],
    change: [
      `update es.streams s set version = s.version - 1, head_hash = e.hash from es.events e
        where s.stream_id = ${somebody} and e.stream_id = s.stream_id and e.version = s.version - 1`,
      `delete from es.events e using es.streams s where e.stream_id = s.stream_id and e.version > s.version`,
    ],
    noticedBy: noted,
    naming: `select 'affiliation: 1 events are gone'`,
  },
  {
    what: 'a person that was removed whole',
    database: 'affiliation',
    tables: ['es.events', 'es.streams', 'app.affiliations', 'app.insz_index'],
    change: [
      `delete from app.insz_index where person_id = ${somebodyId}`,
      `delete from app.affiliations where person_id = ${somebodyId}`,
      `delete from es.streams where stream_id = ${somebody}`,
      `delete from es.events where stream_id = ${somebody}`,
    ],
    noticedBy: noted,
    naming: `select 'affiliation: ' || count(*) || ' events are gone' from es.events where stream_id = ${somebody}`,
  },
  {
    what: 'what rights was told to ask somebody for',
    database: 'rights',
    tables: ['app.facts'],
    change: [
      `update app.facts set data = jsonb_set(data::jsonb, '{explanation,repairs,0,kind}', '"payTwice"')::json where event_id = (${asked})`,
    ],
    noticedBy: 'rights was told what contributions would answer now, for every person and year',
    naming: `select person_id || ' ' || (data ->> 'referenceYear') from app.facts where event_id = (${asked})`,
  },
  ...messageTamperings,
  ...storedTamperings,
]
