import type { Queryable } from '@ziv/postgres'
import type { Timeline } from '../domain/decision.ts'
import { type Dossier, dossierOf } from '../domain/facts.ts'
import type { EntitlementRules } from '../domain/rules.ts'
import { holdersOf, timelineWithHolders } from '../domain/timeline.ts'
import { loadFacts } from './facts.ts'

export interface Folded {
  readonly dossier: Dossier
  readonly timeline: Timeline
}

/** Folds all facts of some persons and of their holders, without looking at anything that was derived before. */
export async function foldPersons(
  q: Queryable,
  ids: readonly string[],
  how: { readonly rules: EntitlementRules; readonly decidedThrough: (personId: string) => number },
): Promise<ReadonlyMap<string, Folded>> {
  const dossiers = await foldDossiers(q, ids)
  const wanted = new Set<string>()
  for (const dossier of dossiers.values()) {
    for (const id of holdersOf(dossier)) if (!dossiers.has(id)) wanted.add(id)
  }
  const holders = new Map([...dossiers, ...(await foldDossiers(q, [...wanted]))])
  return new Map(
    [...dossiers].map(([id, dossier]) => {
      const context = { rules: how.rules, decidedThrough: how.decidedThrough(id) }
      return [id, { dossier, timeline: timelineWithHolders(dossier, holders, context) }]
    }),
  )
}

async function foldDossiers(q: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, Dossier>> {
  if (ids.length === 0) return new Map()
  const facts = await loadFacts(q, ids)
  return new Map(ids.map((id) => [id, dossierOf(id, facts.get(id) ?? [])]))
}
