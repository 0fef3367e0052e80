import { createHash } from 'node:crypto'
import { canonicalJson, tailOutbox } from '@ziv/event-store'
import type { Database } from '@ziv/postgres'
import { toMessage } from '../relay/to-message.ts'

/** What the comparison of outboxes and log found. */
export interface SentProof {
  readonly ok: boolean
  readonly examined: number
  readonly detail: string
}

/** One message as both sides hold it. */
interface Message {
  readonly topic: string
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: string
}

interface Bucket {
  messages: number
  readonly sum: Buffer
}

const BUCKETS = 4_096
const PAGE_ROWS = 2_000
const shown = 5

const nameOf = ({ topic, key, headers }: Message): string => `${topic} ${key} ${headers.ce_sequence}`
const digestOf = (message: Message): Buffer =>
  createHash('sha256')
    .update(`${nameOf(message)}\n${canonicalJson(message.headers)}\n${message.value}`)
    .digest()
const bucketOf = (message: Message): number =>
  createHash('sha256').update(nameOf(message)).digest().readUInt16BE() % BUCKETS

async function* outboxOf(database: Database): AsyncGenerator<Message> {
  for (let after: Parameters<typeof tailOutbox>[1] = null; ; ) {
    const rows = await tailOutbox(database, after, PAGE_ROWS)
    for (const row of rows) yield toMessage(row)
    if (rows.length < PAGE_ROWS) return
    after = rows.at(-1)!
  }
}

/** Messages of the log; of what was appended before `since` an outbox keeps nothing any more. */
async function* logOf(log: Database, since: string | null, beside: readonly string[]): AsyncGenerator<Message> {
  let after: readonly [number, string] = [0, '-1']
  for (;;) {
    const { rows } = await log.query<{
      id: number
      offset: string
      topic: string
      key: string
      headers: string
      value: string
      pruned: boolean
    }>({
      name: 'log_prove_page',
      text: `select m.partition_id as id, m."offset", t.name as topic, m.key, m.headers, m.value,
                    m.appended_at < $4::timestamptz as pruned
               from log.messages m join log.partitions using (partition_id) join log.topics t using (topic_id)
              where t.name <> all ($5) and (m.partition_id, m."offset") > ($1::int, $2::bigint) order by m.partition_id, m."offset" limit $3`,
      values: [...after, PAGE_ROWS, since ?? '-infinity', beside],
    })
    for (const { topic, key, headers, value, pruned } of rows) {
      if (!pruned) yield { topic, key, headers: JSON.parse(headers) as Record<string, string>, value }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE_ROWS) return
    after = [last.id, last.offset]
  }
}

/** Adds each message to its bucket: order does not matter, and memory does not grow with the messages. */
async function addUp(messages: AsyncIterable<Message>, buckets: readonly Bucket[]): Promise<number> {
  let count = 0
  for await (const message of messages) {
    const { sum, messages: held } = buckets[bucketOf(message)]!
    buckets[bucketOf(message)]!.messages = held + 1
    const digest = digestOf(message)
    for (let index = 0; index < digest.length; index++) sum[index]! ^= digest[index]!
    count += 1
  }
  return count
}

const emptyBuckets = (): Bucket[] => Array.from({ length: BUCKETS }, () => ({ messages: 0, sum: Buffer.alloc(32) }))

/** Messages of some buckets by their name, as digests. */
async function pick(messages: AsyncIterable<Message>, wanted: ReadonlySet<number>, into: Map<string, string>) {
  for await (const message of messages) {
    if (wanted.has(bucketOf(message))) into.set(nameOf(message), digestOf(message).toString('hex'))
  }
}

/**
 * The moment since which an outbox has kept everything, if older rows were removed because their time was over: upkeep removes
 * the oldest first and none of the last day. An hour is left for the relay.
 */
async function prunedBefore(database: Database): Promise<string | null> {
  const { rows } = await database.query<{ since: string | null }>(
    `select case when (select coalesce(sum(sequence), 0) from es.topic_keys) > count(*)
                 then least(min(created_at) + interval '1 hour', now() - interval '23 hours') end as since from es.outbox`,
  )
  return rows[0]?.since ?? null
}

/**
 * Compares every message of the outboxes with the embedded log, both ways: one that was changed, removed or made up on either
 * side is named. The relays must have sent everything. Topics `beside` get their messages from elsewhere: they are left out.
 */
export async function proveSent(
  outboxes: readonly Database[],
  log: Database,
  beside: readonly string[] = [],
): Promise<SentProof> {
  const pruned = (await Promise.all(outboxes.map(prunedBefore))).filter((since) => since !== null)
  // a message of a pruned outbox cannot be told from one of another: the latest start holds for all
  const since = pruned.sort().at(-1) ?? null
  const [sent, held] = [emptyBuckets(), emptyBuckets()]
  let examined = 0
  for (const outbox of outboxes) examined += await addUp(outboxOf(outbox), sent)
  await addUp(logOf(log, since, beside), held)
  const differ = new Set(
    sent.keys().filter((at) => sent[at]!.messages !== held[at]!.messages || !sent[at]!.sum.equals(held[at]!.sum)),
  )
  const gaps = await missingOffsets(log)
  const wrong = differ.size === 0 ? [] : await namesOf(outboxes, log, differ, since, beside)
  const problems = [...gaps, ...wrong]
  const detail =
    problems.length === 0
      ? `${examined} messages of the outboxes are in the log as they were written`
      : `${problems.length} differ: ${problems.slice(0, shown).join('; ')}`
  return { ok: problems.length === 0 && examined > 0, examined, detail }
}

async function namesOf(
  outboxes: readonly Database[],
  log: Database,
  buckets: ReadonlySet<number>,
  since: string | null,
  beside: readonly string[],
): Promise<readonly string[]> {
  const [sent, held, recent] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()]
  // messages go on while this looks: what is newer on one side is read there later than on the other. Old messages may still
  // have their row, so that all are looked up, and those that only the log has are judged by their time.
  await pick(logOf(log, since, beside), buckets, recent)
  for (const outbox of outboxes) await pick(outboxOf(outbox), buckets, sent)
  await pick(logOf(log, null, beside), buckets, held)
  const changedOrLost = [...sent].flatMap(([name, digest]) => {
    const found = held.get(name)
    return found === digest ? [] : [`${name}: ${found === undefined ? 'not in the log' : 'another content in the log'}`]
  })
  const unsent = [...recent.keys()].filter((name) => !sent.has(name)).map((name) => `${name}: not in an outbox`)
  return [...changedOrLost, ...unsent]
}

/** Partitions whose offsets have holes: a broker gives every offset once. */
async function missingOffsets(log: Database): Promise<readonly string[]> {
  const { rows } = await log.query<{ name: string; partition: number; missing: string }>(
    `select t.name, p.partition, p.next_offset - p.start_offset - count(m."offset") as missing
       from log.partitions p join log.topics t using (topic_id) left join log.messages m using (partition_id)
      group by t.name, p.partition_id having p.next_offset - p.start_offset <> count(m."offset")`,
  )
  return rows.map(({ name, partition, missing }) => `${name}/${partition}: ${missing} messages are missing`)
}
