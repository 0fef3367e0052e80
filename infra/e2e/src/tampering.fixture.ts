import { createDatabase, type Database } from '@ziv/postgres'
import { type Sandbox, type ServiceName, serviceNames, verifySandbox } from '@ziv/sandbox'
import type { Finding } from '@ziv/service'
import { expect, inject } from 'vitest'

/** A change that somebody with all rights of a database makes behind the back of the programs, and what has to notice it. */
export interface Tampering {
  readonly what: string
  readonly database: ServiceName | 'messaging' | 'privacy'
  /** Tables that are put back afterwards. */
  readonly tables: readonly string[]
  /** Statements, each of which changes something. */
  readonly change: readonly string[]
  /** The check that fails; `naming` gives what its detail has to name. */
  readonly noticedBy: string
  readonly naming: string
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
]

/** A connection of its own to a database of the sandbox, also to those that only the host opens. */
export async function openBehind(sandbox: Sandbox, name: Tampering['database']) {
  const { rows } = await sandbox.databases.affiliation.query<{ name: string }>('select current_database() as name')
  const prefix = rows[0]!.name.replace(/affiliation$/, '')
  const connectionString = Object.assign(new URL(inject('zivPostgresUrl')), {
    pathname: `/${prefix}${name}`,
  }).toString()
  const database = createDatabase({ connectionString, applicationName: 'ziv-e2e', max: 1 })
  return { database, [Symbol.asyncDispose]: () => database.close() }
}

/** Makes the change with triggers off, and puts the tables back when it is disposed of. */
export async function changed(database: Database, tables: readonly string[], change: readonly string[]) {
  const copyOf = (table: string): string => `public.kept_${table.replace('.', '_')}`
  await database.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica')
    for (const table of tables) await tx.query(`create table ${copyOf(table)} as table ${table}`)
    for (const sql of change) expect((await tx.query(sql)).rowCount, sql).toBeGreaterThan(0)
  })
  return {
    [Symbol.asyncDispose]: () =>
      database.transaction(async (tx) => {
        await tx.query('set local session_replication_role = replica')
        for (const table of tables) {
          await tx.query(`delete from ${table}`)
          await tx.query(`insert into ${table} overriding system value select * from ${copyOf(table)}`)
          await tx.query(`drop table ${copyOf(table)}`)
        }
      }),
  }
}

/** What a check says now: one of the service the database belongs to, or one of the whole system. */
export async function findingOf(
  sandbox: Sandbox,
  name: Tampering['database'],
  check: string,
): Promise<Finding | undefined> {
  const service = serviceNames.find((known) => known === name)
  const own = service !== undefined && check.startsWith(`${service}: `)
  const findings = own ? sandbox.modules[service].verify() : verifySandbox(sandbox)
  return (await Array.fromAsync(findings)).find((finding) => finding.check === check)
}
