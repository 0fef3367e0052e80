import { dateOf, type Instant, yearOf } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Queryable } from '@ziv/postgres'
import type { Timeline } from '../domain/decision.ts'
import { type Dossier, dossierOf } from '../domain/facts.ts'
import { timelineOf } from '../domain/timeline.ts'
import { loadFacts } from '../projections/facts.ts'

export interface Known {
  readonly dossier: Dossier
  readonly timeline: Timeline
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
  const dossier = await dossierKnownAt(q, personId, knownAt)
  const holders = new Map<string, Timeline>()
  for (const { holderPersonId } of dossier.capacities) {
    if (holderPersonId === null || holders.has(holderPersonId)) continue
    const holder = await dossierKnownAt(q, holderPersonId, knownAt)
    holders.set(
      holderPersonId,
      timelineOf(holder, { rules: { law }, decidedThrough: lastBusinessYear, holders: new Map() }),
    )
  }
  return { dossier, timeline: timelineOf(dossier, { rules: { law }, decidedThrough: lastBusinessYear, holders }) }
}

async function dossierKnownAt(q: Queryable, personId: string, knownAt: Instant): Promise<Dossier> {
  const facts = await loadFacts(q, [personId], knownAt)
  return dossierOf(personId, facts.get(personId) ?? [], knownAt)
}
