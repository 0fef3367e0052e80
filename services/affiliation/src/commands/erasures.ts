import type { Context } from './context.ts'

/** Destroys the keys of erased persons that still have one: after the event, and again after a stop in between. */
export async function finishErasures(context: Context): Promise<number> {
  const { database, vault, clock } = context
  let finished = 0
  for (;;) {
    const { rows } = await database.query<{ person_id: string }>(
      'select person_id from app.erasures where done_at is null order by requested_at limit 100',
    )
    if (rows.length === 0) return finished
    for (const { person_id: personId } of rows) {
      await vault.erase(personId)
      await database.query('update app.erasures set done_at = $2 where person_id = $1', [personId, clock.now()])
      finished += 1
    }
  }
}
