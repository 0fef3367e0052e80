import type { PersonEvent } from '../domain/person.events.ts'
import type { Person } from '../domain/person.ts'
import { wordsOf } from './code-words.ts'

type Values = Readonly<Record<string, unknown>>

/** A field that a correction put right: the value it had and the one it has, absent where there is none. */
export interface FieldChange {
  readonly field: string
  readonly was?: string
  readonly is?: string
}

/** Names of the fields that are told; those of the second row only where none of the first changed. */
const fields = {
  person: [['birthDate', 'sex', 'diedOn']],
  affiliation: [
    ['from', 'to', 'reason'],
    ['claimedFrom', 'leftOn'],
  ],
  capacity: [
    ['from', 'to', 'acquiredOn', 'requestedOn'],
    ['ruleStart', 'endedOn'],
  ],
  dependant: [['from', 'to']],
} as const

const withId = <E>(entries: readonly E[], isIt: (entry: E) => boolean): Values =>
  (entries.find(isIt) ?? {}) as unknown as Values

/** What an event puts right, as a person is known before or after it. */
function subjectOf(event: PersonEvent, person: Person): Values {
  switch (event.type) {
    case 'AffiliationCorrected':
    case 'AffiliationWithdrawn':
      return withId(person.affiliations, (entry) => entry.affiliationId === event.data.affiliationId)
    case 'CapacityCorrected':
    case 'CapacityWithdrawn':
      return withId(person.capacities, (entry) => entry.capacityId === event.data.capacityId)
    case 'DependantCorrected':
    case 'DependantWithdrawn': {
      const entry = withId(person.dependants, ({ capacityId }) => capacityId === event.data.capacityId)
      // one that is displaced keeps the place to which it can come back, and has no day
      return entry.displaced ? {} : entry
    }
    case 'EvidenceCorrected': {
      const proofs = person.capacities.flatMap((entry) => entry.proofs)
      return withId(proofs, (proof) => proof.evidenceId === event.data.evidenceId).evidence as Values
    }
    default:
      return person as unknown as Values
  }
}

const toldOf = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value)

function differences(names: readonly string[], before: Values, after: Values): readonly FieldChange[] {
  return names.flatMap((field) => {
    const [was, is] = [toldOf(before[field]), toldOf(after[field])]
    if (was === is) return []
    return [{ field, ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) }]
  })
}

/** A proof of another kind is another proof: its kind says it. */
function proofChanges(before: Values = {}, after: Values = {}): readonly FieldChange[] {
  if (before.kind !== after.kind) return differences(['kind'], before, after)
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return differences(
    names.filter((name) => wordsOf('field', name) !== undefined),
    before,
    after,
  )
}

const rowsOf = ({ type }: PersonEvent): readonly (readonly string[])[] => {
  if (type === 'PersonCorrected') return fields.person
  if (type === 'AffiliationCorrected' || type === 'AffiliationWithdrawn') return fields.affiliation
  if (type === 'CapacityCorrected' || type === 'CapacityWithdrawn') return fields.capacity
  return type === 'DependantCorrected' || type === 'DependantWithdrawn' ? fields.dependant : []
}

/** What a correction changed of a person, from what was known before it to what is known after it; empty for any other event. */
export function changesOf(event: PersonEvent, before: Person, after: Person): readonly FieldChange[] {
  const [was, is] = [subjectOf(event, before), subjectOf(event, after)]
  if (event.type === 'EvidenceCorrected') return proofChanges(was, is)
  const [shown = [], behind = []] = rowsOf(event)
  const changes = differences(shown, was, is)
  return changes.length > 0 ? changes : differences(behind, was, is)
}
