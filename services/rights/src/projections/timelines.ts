import { dateOf, type Instant, yearOf } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Queryable } from '@ziv/postgres'
import type { Timeline } from '../domain/decision.ts'
import { type Dossier, dossierOf } from '../domain/facts.ts'
import { type HolderTimeline, holdersOf, holderTimelines, timelineOf } from '../domain/timeline.ts'
import { loadFacts } from './facts.ts'
import { loadDossiers } from './persons.ts'

export interface Known {
  readonly dossier: Dossier
  readonly timeline: Timeline
  /** The own rights of the holders whom the person depends on. */
  readonly holders: ReadonlyMap<string, HolderTimeline>
}

/**
 * The timeline of a person as the facts recorded up to a moment give it. It does not read what was stored: the fold of the
 * same facts always gives the same decisions, with the same ids.
 */
export async function timelineKnownAt(
  q: Queryable,
  law: Law,
  personId: string,
  knownAt: Instant,
  lastBusinessYear = yearOf(dateOf(knownAt)),
): Promise<Known> {
  const dossier = (await dossiersKnownAt(q, [personId], knownAt)).get(personId) as Dossier
  const holders = await dossiersKnownAt(q, holdersOf(dossier), knownAt)
  return knownOf(law, dossier, holders, lastBusinessYear)
}

/**
 * The timeline of a person by everything known now, from the dossiers that stand folded: one row per person in place of all its facts
 * (`verify` holds those rows to the facts). Null for somebody who has none yet.
 */
export async function timelineNow(
  q: Queryable,
  law: Law,
  personId: string,
  decidedThrough: number,
): Promise<Known | null> {
  const dossier = (await loadDossiers(q, [personId])).get(personId)
  if (dossier === undefined) return null
  const holders = await loadDossiers(q, holdersOf(dossier))
  return knownOf(law, dossier, holders, decidedThrough)
}

function knownOf(law: Law, dossier: Dossier, dossiers: ReadonlyMap<string, Dossier>, decidedThrough: number): Known {
  const context = { rules: { law }, decidedThrough }
  const holders = holderTimelines(dossier, dossiers, context)
  return { dossier, timeline: timelineOf(dossier, { ...context, holders }), holders }
}

async function dossiersKnownAt(
  q: Queryable,
  personIds: readonly string[],
  knownAt: Instant,
): Promise<ReadonlyMap<string, Dossier>> {
  if (personIds.length === 0) return new Map()
  const facts = await loadFacts(q, personIds, knownAt)
  return new Map(personIds.map((id) => [id, dossierOf(id, facts.get(id) ?? [], knownAt)]))
}
