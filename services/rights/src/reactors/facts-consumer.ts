import { yearOf } from '@ziv/kernel'
import { foldMember, type Member } from '@ziv/members'
import { loadMembers, openPersonal, takeMembers } from '@ziv/members/store'
import type { ConsumerDefinition, ReceivedEvent } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { assessmentsOf, type Dossier, type Fact, isAssessment } from '../domain/facts.ts'
import { touchesDecidedYears, withAssessments } from '../domain/merge.ts'
import type { ChangeCause } from '../integration/insurability-message.ts'
import { insertAssessments, loadAssessments, type PersonFact } from '../projections/facts.ts'
import { loadDossiers, loadRelatives, lockPersons, type PersonState, savePersons } from '../projections/persons.ts'
import { holdToday } from './business-day.ts'
import { establishWithDependants, type Trigger } from './establish.ts'
import { toFact } from './to-fact.ts'

/** Everything other services tell about persons comes in here, is kept, and leads to new decisions where it matters. */
export function factsConsumer(deps: Context): ConsumerDefinition {
  return {
    name: 'rights.facts',
    topics: deps.insurers.flatMap((insurer) => [`ziv.${insurer}.affiliation.v1`, `ziv.${insurer}.contributions.v1`]),
    batchSizeMax: 1000,
    handle: (tx, events) => takeFacts(tx, deps, events),
  }
}

/** In this order: of several facts in one batch, the first kind found names the cause of the change. */
const causes: readonly (readonly [Fact['kind'], ChangeCause])[] = [
  ['died', 'death'],
  ['opened', 'affiliationChange'],
  ['closed', 'affiliationChange'],
  ['acquired', 'capacityChange'],
  ['ended', 'capacityChange'],
]

function triggerOf(facts: readonly PersonFact[] = []): Trigger {
  const kinds = new Set(facts.map(({ fact }) => fact.kind))
  const cause = causes.find(([kind]) => kinds.has(kind))?.[1] ?? 'correction'
  return { cause, because: facts.map(({ fact }) => fact.id).sort() }
}

async function takeFacts(tx: Transaction, deps: Context, sealed: readonly ReceivedEvent[]): Promise<void> {
  const events = await openPersonal(deps.vault, sealed)
  const facts = events.flatMap((event): PersonFact[] => {
    const fact = toFact(event)
    return fact === null ? [] : [{ personId: event.key, fact }]
  })
  const byPerson = Map.groupBy(facts, ({ personId }) => personId)
  const today = await holdToday(tx, deps.clock)
  const decidedThrough = await lockPersons(tx, await familiesOf(tx, facts))
  // only now: another lane may have decided about the same persons until a moment ago
  const recordedAt = deps.clock.now()
  await insertAssessments(tx, facts, recordedAt)
  const { erased, members } = await takeMembers(tx, events)
  for (const personId of erased) deps.vault.forget(personId)
  if (facts.length === 0) return
  const { quiet, changed } = await dossiersAfter(tx, byPerson, members, (dossier, assessments) =>
    touchesDecidedYears(dossier, assessments, yearOf(today), deps.law),
  )
  // nothing was decided about them: the renewal of a year that has begun is still to come
  await savePersons(
    tx,
    quiet.map((dossier): PersonState => ({ dossier, decidedThrough: decidedThrough.get(dossier.personId) ?? 0 })),
  )
  const { store, bases, law } = deps
  const last = events.at(-1) as ReceivedEvent
  const metadata = { actor: 'rights', correlationId: last.correlationId, causationId: last.id, law: law.version }
  await establishWithDependants(
    tx,
    { store, bases, rules: { law }, today, recordedAt, metadata },
    changed,
    (personId) => triggerOf(byPerson.get(personId)),
  )
}

/**
 * Whoever may have to be decided or looked at with these persons. All are locked at once and in one order: lanes that
 * locked relatives one after the other would deadlock, a second each time.
 */
async function familiesOf(tx: Transaction, facts: readonly PersonFact[]): Promise<readonly string[]> {
  const family = new Set(facts.map(({ personId }) => personId))
  const relatives = await loadRelatives(tx, [...family])
  for (const id of relatives) family.add(id)
  for (const { fact } of facts) {
    if (fact.kind !== 'acquired' && fact.kind !== 'capacityCorrected') continue
    if (fact.holderPersonId !== null) family.add(fact.holderPersonId)
  }
  return [...family]
}

/**
 * Dossiers with the new facts in. Persons with nothing but assessments of years that decide nothing yet stay quiet: their
 * dossier is kept current, no decision is taken again.
 */
async function dossiersAfter(
  tx: Transaction,
  byPerson: ReadonlyMap<string, readonly PersonFact[]>,
  taken: ReadonlyMap<string, Member>,
  matters: (dossier: Dossier, assessments: readonly (Fact & { kind: 'assessed' })[]) => boolean,
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
    if (matters(after, assessments)) changed.set(id, after)
    else quiet.push(after)
  }
  // the members of whom facts came were folded just now
  const others = await loadMembers(
    tx,
    refold.filter((id) => !taken.has(id)),
  )
  for (const [id, facts] of await loadAssessments(tx, refold)) {
    const member = taken.get(id) ?? others.get(id) ?? foldMember(id, [])
    const after = { ...member, assessments: assessmentsOf(facts) }
    // an erasure takes the birth date away and leaves what was decided with it
    if (byPerson.get(id)?.every(({ fact }) => fact.kind === 'erased')) quiet.push(after)
    else changed.set(id, after)
  }
  return { quiet, changed }
}
