import { serviceNames } from '@ziv/sandbox'
import { by, free, type OwnTables, ownTables, type Table, type Tables } from './held.fixture.ts'

const COPIED = 'every copy of the members is what affiliation told'
const SENT = 'messages sent are those of the outboxes'

const fileColumns = `file_id kind arrival sender insurer ziekenfonds format file_name file_hash size_bytes facts outcome counts
  business_date actor correlation_id received_at completed_at`
const issueColumns = 'file_id line number place code destination ziekenfonds detail nl fr de en'
const factColumns = `event_id person_id kind recorded_at sequence insurer ziekenfonds thing_id capacity role from_day to_day acquired_on
  requested_on holder_id waiting_for repairs_year birth_date died_on`

/** The tables of files of a service, where it takes some. */
const files = (answers: string | null, kind = ''): Tables => {
  const waiting = free(
    'rests between reading and working, and is gone when the file ends',
    'file_id bucket page content',
  )
  if (answers === null) {
    const none = 'the service takes no files'
    return {
      'app_files.files': [free(none, `${fileColumns} state replaced lease_until`)],
      'app_files.issues': [free(none, issueColumns)],
      'app_files.pages': [waiting],
    }
  }
  const ofKind = `kind = '${kind}'`
  return {
    'app_files.files': [
      by(answers, fileColumns, ofKind),
      free(
        'a file that is not done has no answer, which the check names too; a constraint binds it to the end',
        'state',
      ),
      free(
        'whether a later file took its place, and the lease of its reader: nobody is answered by them',
        'replaced lease_until',
      ),
    ],
    'app_files.issues': [by(answers, issueColumns, `file_id in (select file_id from app_files.files where ${ofKind})`)],
    'app_files.pages': [waiting],
  }
}

const members = (check: string | null): Tables => {
  const place = 'insz_index person_id recorded_at sequence event_id'
  if (check === null) {
    const none = 'the service keeps no common copy of the members'
    return {
      'app_members.facts': [free(none, factColumns)],
      'app_members.persons': [free(none, 'person_id member')],
      'app_members.identifiers': [free(none, place)],
    }
  }
  return {
    'app_members.facts': [by(COPIED, factColumns)],
    'app_members.persons': [by(check, 'person_id member')],
    'app_members.identifiers': [by(COPIED, place)],
  }
}

/** Of events that were stored together: alone in its transaction an event stands where it stood, whatever its position. */
const FIRST_OF_MANY = 'position in (select min(position) from es.events group by epoch, tx having count(*) > 1)'

const log = (service: string): Tables => ({
  'es.events': [
    by(`${service}: hash chains`, 'stream_id version event_id type schema_version recorded_at data metadata hash'),
    by('logs hold what was noted outside the databases', 'epoch tx position', FIRST_OF_MANY),
  ],
  'es.streams': [
    by(`${service}: hash chains`, 'stream_id version head_hash'),
    free('highest order stamp of the stream: the order of its events is noted', 'epoch tx'),
  ],
  'es.outbox': [
    by(`${service}: messages equal the log`, 'event_id topic key type payload headers'),
    by(SENT, 'sequence'),
    free('order of sending: the numbers per key are compared; age for upkeep', 'epoch tx id created_at'),
  ],
  'es.topic_keys': [by(SENT, 'topic key sequence'), free('order stamps of the next row', 'epoch tx')],
  'es.epochs': [free('raised by hand after a restore; messages carry it', 'epoch raised_at reason')],
  'es.checkpoints': [
    free(
      'how far the relay is, and its lease: what was sent is compared itself',
      'processor epoch tx position term holder lease_until updated_at',
    ),
  ],
  'es.consumed': [
    free('how far a consumer is: its copies are compared themselves', 'consumer topic key epoch sequence parked'),
  ],
  'es.taken_in': [
    free('how far a consumer read: its copies are compared themselves', 'consumer topic partition next_offset'),
  ],
  'es.parked': [
    free(
      'no row may be there: no message is parked',
      'consumer topic key epoch sequence partition offset payload headers reason error parked_at',
    ),
  ],
  'es.unparked': [
    free(
      'who let a key run again, told by nothing else; nothing is decided by it',
      'id consumer topic key operator action reason replayed from_sequence to_sequence accepted_gap problem unparked_at',
    ),
  ],
})

const beside: Tables = {
  'app_http.idempotency': [
    free('which request was answered, and the lease of who answers it', 'key_digest request content state'),
    free('lease of an answer, and its age for upkeep', 'lease_until term created_at'),
    free(
      'given again to a repetition for some days and kept nowhere else: what a request did stands in the log',
      'status headers body',
    ),
  ],
  'app_http.access_log': [
    free(
      // a chain beside the rows can be made anew by whoever may write them, and a number is missing after a rollback too
      'who looked at whom: evidence that nothing else tells and no note holds; nothing is decided by it',
      'id person_id at subject roles insurer ziekenfonds operation trace_id',
    ),
  ],
  'app_runs.runs': [
    free(
      'how far long work is, shown while it runs; what it did stands in the log',
      'state phase total problem started_at finished_at',
    ),
    free(
      'what was asked for and by whom: the events of the work carry actor and correlation id in their chain',
      'run_id kind key params actor correlation_id business_date',
    ),
  ],
  'app_runs.parts': [
    free(
      'cursors and leases of long work',
      'run_id phase part after_key through_key cursor counts done holder lease_until term',
    ),
  ],
  'app_runs.failures': [free('keys that long work left out', 'run_id phase key code detail failed_at')],
}

const service = (name: string, { tables, files: taken, members: check }: OwnTables): Tables => ({
  ...tables,
  ...files(taken?.answers ?? null, taken?.kind),
  ...members(check ?? null),
  ...log(name),
  ...beside,
})

/** Every column of every table of every database: what compares it, or why nothing has to. */
export async function storedColumns(): Promise<Readonly<Record<string, Readonly<Record<string, Table>>>>> {
  const services = serviceNames.map(async (name) => {
    return [name, service(name, await ownTables(name))] as const
  })
  return { ...Object.fromEntries(await Promise.all(services)), ...ofTheHost }
}

const ofTheHost: Readonly<Record<string, Tables>> = {
  sandbox: service('sandbox', {
    tables: {
      'app.clock': [free('the day that the sandbox plays', 'only_row business_date')],
      'app.steps': [free('which steps of a demonstration are done', 'plan step done_at result')],
    },
  }),
  privacy: {
    'privacy.keys': [
      by('keys of persons open', 'subject_id key_id wrapped', 'wrapped is not null'),
      free('when: a constraint binds the end of a key to its content', 'created_at destroyed_at'),
    ],
  },
  messaging: {
    'log.messages': [
      by(
        SENT,
        'partition_id offset key headers value',
        `partition_id in (select partition_id from log.partitions join log.topics using (topic_id) where name like 'ziv.%.affiliation.v1')`,
      ),
      free('age, for topics that forget', 'appended_at'),
    ],
    'log.topics': [free('declared once for all, read at every start', 'topic_id name partitions retention_days')],
    'log.partitions': [
      free(
        'the next place: holes and ends are found by the messages',
        'partition_id topic_id partition start_offset next_offset',
      ),
    ],
    'log.members': [free('leases of readers', 'group_id member_id topics lease_until')],
    'log.group_partitions': [free('how far readers are', 'group_id partition_id committed owner')],
  },
}
