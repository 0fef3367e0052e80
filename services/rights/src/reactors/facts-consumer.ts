import { affiliationOpened, identifierReplaced } from '@ziv/contracts'
import type { EventStore } from '@ziv/event-store'
import { type Clock, yearOf } from '@ziv/kernel'
import type { ConsumerDefinition, ReceivedEvent } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import { type Dossier, dossierOf, type Fact } from '../domain/facts.ts'
import { isAssessment, touchesDecidedYears, withAssessments } from '../domain/merge.ts'
import type { EntitlementRules } from '../domain/rules.ts'
import { insertFacts, loadFacts, type PersonFact } from '../projections/facts.ts'
import { loadDependants, loadDossiers, lockPersons, savePersons } from '../projections/persons.ts'
import { type ChangeCause, establish } from './redecide.ts'
import { toFact } from './to-fact.ts'

export interface FactsConsumerDeps {
  readonly store: EventStore
  readonly rules: EntitlementRules
  readonly clock: Clock
  readonly lawVersion: string
  readonly insurers: readonly string[]
}

/** Everything other services tell about persons comes in here, is kept, and leads to new decisions where it matters. */
export function factsConsumer(deps: FactsConsumerDeps): ConsumerDefinition {
  return {
    name: 'rights.facts',
    topics: deps.insurers.flatMap((insurer) => [`ziv.${insurer}.affiliation.v1`, `ziv.${insurer}.contributions.v1`]),
    batchSizeMax: 1000,
    handle: (tx, events) => takeFacts(tx, deps, events),
  }
}

const causes: Partial<Record<Fact['kind'], ChangeCause>> = {
  affiliationOpened: 'affiliationChange',
  affiliationClosed: 'affiliationChange',
  capacityAcquired: 'capacityChange',
  capacityEnded: 'capacityChange',
  died: 'death',
  assessed: 'correction',
}

async function takeFacts(tx: Transaction, deps: FactsConsumerDeps, events: readonly ReceivedEvent[]): Promise<void> {
  const facts: PersonFact[] = []
  for (const event of events) {
    const fact = toFact(event)
    if (fact !== null) facts.push({ personId: event.key, fact })
  }
  await indexIdentifiers(tx, events)
  if (facts.length === 0) return
  const byPerson = Map.groupBy(facts, ({ personId }) => personId)
  const today = deps.clock.today()
  const recordedAt = deps.clock.now()
  const dependants = (await loadDependants(tx, [...byPerson.keys()])).filter((id) => !byPerson.has(id))
  await lockPersons(tx, [...byPerson.keys(), ...dependants])
  await insertFacts(tx, facts, recordedAt)
  const { quiet, changed } = await dossiersAfter(tx, byPerson, yearOf(today))
  await savePersons(
    tx,
    quiet.map((dossier) => ({ dossier, decidedThrough: yearOf(today) })),
  )
  for (const dossier of (await loadDossiers(tx, dependants)).values()) changed.set(dossier.personId, dossier)
  if (changed.size === 0) return
  const last = events.at(-1) as ReceivedEvent
  await establish(
    tx,
    {
      store: deps.store,
      rules: deps.rules,
      today,
      recordedAt,
      metadata: { actor: 'rights', correlationId: last.correlationId, causationId: last.id, law: deps.lawVersion },
    },
    changed,
    (personId) => causeOf(byPerson.get(personId)),
  )
}

const causeOf = (facts: readonly PersonFact[] | undefined): ChangeCause => {
  const kinds = new Set((facts ?? []).map(({ fact }) => fact.kind))
  for (const kind of ['died', 'affiliationOpened', 'affiliationClosed', 'capacityAcquired', 'capacityEnded'] as const) {
    if (kinds.has(kind)) return causes[kind] as ChangeCause
  }
  return 'correction'
}

/**
 * Dossiers with the new facts in. Persons with nothing but assessments of years that decide nothing yet stay quiet: their
 * dossier is kept current, no decision is taken again.
 */
async function dossiersAfter(
  tx: Transaction,
  byPerson: ReadonlyMap<string, readonly PersonFact[]>,
  decidedThrough: number,
): Promise<{ quiet: Dossier[]; changed: Map<string, Dossier> }> {
  const merge: string[] = []
  const refold: string[] = []
  for (const [id, facts] of byPerson) (facts.every(({ fact }) => isAssessment(fact)) ? merge : refold).push(id)
  const quiet: Dossier[] = []
  const changed = new Map<string, Dossier>()
  const stored = await loadDossiers(tx, merge)
  for (const id of merge) {
    const before = stored.get(id)
    if (before === undefined) {
      refold.push(id)
      continue
    }
    const assessments = (byPerson.get(id) ?? []).map(({ fact }) => fact).filter(isAssessment)
    const after = withAssessments(before, assessments)
    if (touchesDecidedYears(assessments, decidedThrough)) changed.set(id, after)
    else quiet.push(after)
  }
  for (const [id, facts] of await loadFacts(tx, refold)) changed.set(id, dossierOf(id, facts))
  return { quiet, changed }
}

/** Which person a keyed hash of an INSZ belongs to; a replaced number keeps leading to the person. */
async function indexIdentifiers(tx: Transaction, events: readonly ReceivedEvent[]): Promise<void> {
  const rows = events.flatMap((event) =>
    event.type === affiliationOpened.type || event.type === identifierReplaced.type
      ? [{ index: (event.data as { inszIndex: string }).inszIndex, personId: event.key }]
      : [],
  )
  if (rows.length === 0) return
  await tx.query(
    `insert into app.insz_index (insz_index, person_id)
     select distinct on (i) i, p from unnest($1::text[], $2::uuid[]) as v(i, p) order by i
     on conflict (insz_index) do update set person_id = excluded.person_id`,
    [rows.map((row) => row.index), rows.map((row) => row.personId)],
  )
}
