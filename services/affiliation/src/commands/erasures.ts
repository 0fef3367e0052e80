import type { Context } from '../context.ts'
import { streamOf } from './event-ids.ts'

/** Rows of one page. */
const PAGE = 100

/**
 * Destroys the keys of erased persons that still have one: after the event, and again after a stop in between. A row alone
 * destroys nothing, it may be false: only whom the log says was erased loses the key.
 */
export async function finishErasures({ database, store, vault, clock }: Context): Promise<number> {
  let finished = 0
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: { person_id: string }[] } = await database.query(
      `select person_id from app.erasures where done_at is null and ($1::uuid is null or person_id > $1)
        order by person_id limit ${PAGE}`,
      [after],
    )
    const streams = await store.loadMany(
      database,
      rows.map((row) => streamOf(row.person_id)),
    )
    for (const { person_id: personId } of rows) {
      const events = streams.get(streamOf(personId))?.events ?? []
      if (!events.some(({ type }) => type === 'PersonErased')) continue
      await vault.erase(personId)
      await database.query('update app.erasures set done_at = $2 where person_id = $1', [personId, clock.now()])
      finished += 1
    }
    if (rows.length < PAGE) return finished
    after = rows.at(-1)!.person_id
  }
}
