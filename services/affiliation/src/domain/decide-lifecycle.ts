import { type IsoDate, maxDate, yearOf } from '@ziv/kernel'
import { deathTooEarly } from './decide-affiliation.ts'
import { correctPerson } from './decide-correction.ts'
import {
  allow,
  impossibleDays,
  inFuture,
  type PersonDecision,
  refuse,
  requireKnown,
  requireLiving,
} from './decision.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Person } from './person.ts'
import { settle } from './settle.ts'

export function registerPerson(
  command: PersonCommandOf<'RegisterPerson'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  if (person.personId !== null) return refuse('personAlreadyExists')
  const ahead = inFuture({ birthDate: command.birthDate }, facts)
  if (ahead) return ahead
  const { type: _, ...data } = command
  return allow(personEvent('PersonRegistered', data))
}

/**
 * A bisnummer becomes a national number, or a register corrects a number: both lead to the person from then on. The date of birth and
 * the sex that the new number carries, or that the clerk gave with it, are those of the person from then on.
 */
export function replaceIdentifier(
  command: PersonCommandOf<'ReplaceIdentifier'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  if (command.previousInszIndex !== person.inszIndex) return refuse('identifierNotCurrent')
  if (command.inszIndex === person.inszIndex) return refuse('identifierUnchanged')
  const { type: _, birthDate, sex, ...data } = command
  const replaced = personEvent('IdentifierReplaced', data)
  if (birthDate === person.birthDate && (sex === undefined || sex === person.sex)) return allow(replaced)
  const known = { birthDate, ...(sex === undefined ? {} : { sex }) }
  const corrected = correctPerson({ type: 'CorrectPerson', ...known, because: 'registerCorrected' }, person, facts)
  return corrected.ok ? allow(replaced, ...corrected.events) : corrected
}

/** Everything that still runs ends on the day of death; whoever depended on the person loses that quality. */
export function recordDeath(
  command: PersonCommandOf<'RecordDeath'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const { diedOn } = command
  const barred = requireLiving(person) ?? impossibleDays({ diedOn }, person, facts) ?? deathTooEarly(person, diedOn)
  if (barred) return barred
  const settled = settle(person, { ...person, diedOn }, facts)
  return allow(...settled.events, personEvent('PersonDied', { diedOn }))
}

/**
 * Personal data goes when no insurance needs it any more (art. 17 GDPR; the law obliges to keep it before that): of somebody who was
 * insured after every term of the law, of somebody who was by mistake when what was paid on it can be claimed back no more, of
 * somebody who never was at once.
 */
export function erasePerson(
  command: PersonCommandOf<'ErasePerson'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  const open = person.affiliations.some((entry) => entry.to === null || entry.to >= facts.today)
  if (open) return refuse('erasureWhileAffiliated')
  const kept = [keptByTerms(person, facts), keptForRecovery(person, facts)].filter((term) => term !== null)
  const [longest] = kept.toSorted((a, b) => (a.erasableFrom < b.erasableFrom ? 1 : -1))
  return longest?.refusal ?? allow(personEvent('PersonErased', { reason: command.reason }))
}

interface Kept {
  readonly erasableFrom: IsoDate
  readonly refusal: PersonDecision
}

/**
 * What was paid on days that count no more can be claimed back for some time. Whether anything was, only reimbursement knows, and this
 * service hears nothing of it (decision 0057).
 */
function keptForRecovery({ toldUntil }: Person, facts: PersonFacts): Kept | null {
  if (toldUntil === null) return null
  const { outcome, result, confidence } = facts.recoveryTerm(toldUntil)
  if (outcome === 'granted') return null
  return {
    erasableFrom: result.erasableFrom,
    refusal: refuse('erasureBeforeRecovery', { ...result, toldUntil, confidence }),
  }
}

/** Keeps while a term of the law runs for the last affiliation; null for who has none. */
function keptByTerms({ affiliations, capacities, diedOn }: Person, facts: PersonFacts): Kept | null {
  const [first, ...others] = affiliations.flatMap(({ to }) => to ?? [])
  if (first === undefined) return null
  const affiliatedUntil = maxDate(first, ...others)
  const held = capacities.flatMap(({ capacity, status, from, to }) =>
    status === 'acquired' && from !== null ? [{ capacity, from, to: to ?? affiliatedUntil }] : [],
  )
  const { outcome, result, confidence } = facts.retention({
    ...{ affiliatedUntil, capacities: held },
    ...(diedOn === null ? {} : { diedOn }),
  })
  if (outcome === 'granted') return null
  const { erasableFrom, insuredUntil, billableUntil, repairableUntil } = result
  const year = yearOf(affiliatedUntil)
  const terms = { erasableFrom, insuredUntil, billableUntil, year, repairableUntil, confidence }
  return { erasableFrom, refusal: refuse('erasureTooEarly', terms) }
}
