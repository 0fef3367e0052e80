import { randomUUID } from 'node:crypto'
import type { Database } from '@ziv/postgres'

/** A partition this member may read, with the offset to go on from. */
export interface Claimed {
  readonly id: number
  readonly committed: number
}

/**
 * One member of a consumer group: a lease in the database, and ownership of partitions that only changes hands when the
 * owner lets go or its lease has run out. There is no coordinator: every member computes the same division.
 */
export class Membership {
  readonly memberId = randomUUID()
  readonly #database: Database
  readonly #groupId: string
  readonly #topics: readonly string[]
  readonly #leaseMs: number

  constructor(database: Database, groupId: string, topics: readonly string[], leaseMs: number) {
    this.#database = database
    this.#groupId = groupId
    this.#topics = topics
    this.#leaseMs = leaseMs
  }

  /** Renews the lease and answers with the member ids that are alive for every topic, sorted. */
  async beat(): Promise<ReadonlyMap<string, readonly string[]>> {
    await this.#database.query({
      name: 'log-beat',
      text: `with dead as (
               delete from log.members where group_id = $1 and member_id <> $2 and lease_until < clock_timestamp() - interval '1 minute'
             )
             insert into log.members (group_id, member_id, topics, lease_until)
             values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
             on conflict (group_id, member_id) do update set lease_until = excluded.lease_until`,
      values: [this.#groupId, this.memberId, this.#topics, this.#leaseMs],
    })
    const { rows } = await this.#database.query<{ member_id: string; topics: string[] }>({
      name: 'log-alive',
      text: `select member_id, topics from log.members
             where group_id = $1 and lease_until > clock_timestamp() order by member_id`,
      values: [this.#groupId],
    })
    return new Map(
      this.#topics.map((topic) => [topic, rows.filter((r) => r.topics.includes(topic)).map((r) => r.member_id)]),
    )
  }

  /** Takes the partitions that nobody alive owns; answers with all of `wanted` that are ours now. */
  async claim(wanted: readonly number[]): Promise<readonly Claimed[]> {
    await this.#database.query(
      `insert into log.group_partitions (group_id, partition_id)
       select $1, w.id from unnest($2::int[]) as w(id) order by w.id on conflict do nothing`,
      [this.#groupId, wanted],
    )
    const { rows } = await this.#database.query<{ partition_id: number; committed: string }>(
      `update log.group_partitions g set owner = $2
       where group_id = $1 and partition_id = any($3) and (owner is null or owner = $2 or not exists (
         select from log.members m
         where m.group_id = $1 and m.member_id = g.owner and m.lease_until > clock_timestamp()))
       returning partition_id, committed`,
      [this.#groupId, this.memberId, wanted],
    )
    return rows.map((row) => ({ id: row.partition_id, committed: Number(row.committed) }))
  }

  /** Partitions that are still ours: another member takes them when we were silent for too long. */
  async owned(): Promise<ReadonlySet<number>> {
    const { rows } = await this.#database.query<{ partition_id: number }>({
      name: 'log-owned',
      text: 'select partition_id from log.group_partitions where group_id = $1 and owner = $2',
      values: [this.#groupId, this.memberId],
    })
    return new Set(rows.map((row) => row.partition_id))
  }

  /** Moves committed offsets of partitions we own; answers with the ids that moved. */
  async commit(positions: readonly { id: number; to: number }[]): Promise<ReadonlySet<number>> {
    const { rows } = await this.#database.query<{ partition_id: number }>({
      name: 'log-commit',
      text: `update log.group_partitions g set committed = c.upto
             from unnest($3::int[], $4::bigint[]) as c(id, upto)
             where g.group_id = $1 and g.owner = $2 and g.partition_id = c.id returning g.partition_id`,
      values: [this.#groupId, this.memberId, positions.map((p) => p.id), positions.map((p) => p.to)],
    })
    return new Set(rows.map((row) => row.partition_id))
  }

  async release(ids: readonly number[]): Promise<void> {
    await this.#database.query(
      'update log.group_partitions set owner = null where group_id = $1 and owner = $2 and partition_id = any($3)',
      [this.#groupId, this.memberId, ids],
    )
  }

  async leave(): Promise<void> {
    await this.#database.query('update log.group_partitions set owner = null where group_id = $1 and owner = $2', [
      this.#groupId,
      this.memberId,
    ])
    await this.#database.query('delete from log.members where group_id = $1 and member_id = $2', [
      this.#groupId,
      this.memberId,
    ])
  }
}
