import { canonicalJson, type EventStore, type JsonObject, toDomainEvent } from '@ziv/event-store'
import type { Law } from '@ziv/law'
import type { Queryable } from '@ziv/postgres'
import { type Finding, namesOf, naming, told } from '@ziv/service'
import { placesOn, samePlaces } from '../domain/membership.ts'
import { daysOfMonth, returnStreamId } from '../domain/month.ts'
import type { ReturnEvent } from '../domain/return.events.ts'
import { RETURN_COLUMNS, type StoredReturn } from '../projections/returns.ts'

type Told = Omit<StoredReturn, 'streamVersion'>

/** The returns of one stream as its events tell them. */
function returnsOf(events: readonly ReturnEvent[]): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>()
  for (const event of events) {
    if (event.type === 'ReturnSubmitted') {
      const { attempt, submittedOn, figures, positions, places, ...about } = event.data
      told.set(about.returnId, {
        ...{ ...about, attempt, submittedOn, figures, positions, places },
        ...{ state: 'submitted', decidedOn: null, reason: null },
      })
      continue
    }
    const { returnId } = event.data
    const before = told.get(returnId)
    if (before === undefined) throw new Error(`return ${returnId} was decided before it was submitted`)
    const decided =
      event.type === 'ReturnAccepted'
        ? { state: 'accepted' as const, decidedOn: event.data.acceptedOn, reason: null }
        : { state: 'refused' as const, decidedOn: event.data.refusedOn, reason: event.data.reason }
    told.set(returnId, { ...before, ...decided })
  }
  return told
}

/** Returns compared with the list by one query. */
const AT_ONCE = 500

/**
 * Every return in the list says what its events say, and none is without events. One made by exactly the law of now (its event
 * names the law) was counted by the order of advantage that this law has for its month.
 */
export async function returnsEqualEvents(tx: Queryable, store: EventStore, law: Law): Promise<Finding> {
  const wrong: string[] = []
  const otherOrder: string[] = []
  let examined = 0
  let waiting = new Map<string, Told>()
  const compare = async (): Promise<void> => {
    const { rows } = await tx.query<StoredReturn>({
      name: 'landsbond_prove_returns',
      text: `select ${RETURN_COLUMNS} from app.returns where return_id = any($1::uuid[])`,
      values: [[...waiting.keys()]],
    })
    const stored = new Map(rows.map(({ streamVersion: _, ...row }) => [row.returnId, row]))
    examined += waiting.size
    for (const [returnId, expected] of waiting) {
      const row = stored.get(returnId)
      if (row === undefined || textOf(row) !== textOf(expected)) {
        wrong.push(`${returnStreamId(expected.ziekenfonds, expected.month)} ${returnId}`)
      }
    }
    waiting = new Map()
  }
  for await (const { events } of store.streams(tx, 'return')) {
    for (const [returnId, told] of returnsOf(events.map(toDomainEvent<ReturnEvent>))) waiting.set(returnId, told)
    for (const { metadata, type, data } of events) {
      if (type !== 'ReturnSubmitted') continue
      const { returnId, month, places } = data as unknown as Omit<Told, 'places'> & Partial<Told>
      if (places === undefined) otherOrder.push(returnId)
      else if (metadata.law === law.version && !samePlaces(places, placesOn(law, daysOfMonth(month).last)))
        otherOrder.push(returnId)
    }
    if (waiting.size >= AT_ONCE) await compare()
  }
  await compare()
  const { rows } = await tx.query<{ n: number }>('select count(*)::int as n from app.returns')
  const extra = (rows[0]?.n ?? 0) - examined
  const ok = wrong.length === 0 && otherOrder.length === 0 && extra === 0
  return {
    check: 'landsbond: returns equal their events',
    ok,
    examined,
    detail: ok
      ? `${examined} returns`
      : `differ: ${told(namesOf(wrong))}; ${extra} without event; no order of advantage, or not that of the law the event names: ${told(namesOf(otherOrder))}`,
    ...naming(namesOf(wrong), namesOf(otherOrder)),
  }
}

const textOf = (told: Told): string => canonicalJson({ ...told } as unknown as JsonObject)
