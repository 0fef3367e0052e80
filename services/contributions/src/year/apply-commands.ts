import {
  type JsonObject,
  type NewEvent,
  type OutboxDraft,
  type StreamAppend,
  WrongExpectedVersion,
} from '@ziv/event-store'
import { type Rejection, uuidV5 } from '@ziv/kernel'
import { type Member, tenantOf } from '@ziv/members'
import type { Transaction } from '@ziv/postgres'
import type { ContributionYearCommand } from '../domain/contribution-year.commands.ts'
import { contributionYear, type YearFacts } from '../domain/contribution-year.decide.ts'
import type { ContributionYearEvent } from '../domain/contribution-year.events.ts'
import type { YearState } from '../domain/contribution-year.ts'
import { isPublished, toIntegrationDraft } from '../integration/contribution-messages.ts'
import { assessorFor } from './assessor.ts'
import { type Origin, streamIdOf, type YearContext } from './year-context.ts'
import { type ChangedYear, type KnownYear, loadYears, saveYears, yearKeyText } from './year-store.ts'

export interface YearCommand {
  readonly person: Member
  readonly year: number
  readonly command: ContributionYearCommand
}

/** What a command came to; in the order of the commands. */
export type CommandOutcome =
  | { readonly kind: 'changed'; readonly state: YearState; readonly events: readonly ContributionYearEvent[] }
  | { readonly kind: 'unchanged'; readonly state: YearState }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }

interface Work {
  readonly person: Member
  readonly year: number
  readonly known: KnownYear
  readonly facts: YearFacts
  readonly assess: ReturnType<typeof assessorFor>
  state: YearState
  readonly events: NewEvent[]
  readonly outbox: OutboxDraft[]
}

/**
 * Decides many commands of many persons and stores events, messages and states in the caller's transaction: one query to
 * read, one batch to append, one statement to keep the states. Commands of one year are decided in the order given.
 * Throws WrongExpectedVersion when another writer was faster: run the transaction again (`withRetry`).
 */
export async function applyCommands(
  context: YearContext,
  tx: Transaction,
  commands: readonly YearCommand[],
  origin: Origin,
): Promise<CommandOutcome[]> {
  const keys = new Map(
    commands.map(({ person, year }) => [yearKeyText(person.personId, year), { personId: person.personId, year }]),
  )
  const known = await loadYears(tx, [...keys.values()])
  const work = new Map<string, Work>()
  const recordedAt = context.clock.now()
  const today = context.clock.today()
  const outcomes = commands.map(({ person, year, command }): CommandOutcome => {
    const key = yearKeyText(person.personId, year)
    let item = work.get(key)
    if (item === undefined) {
      const before = known.get(key)!
      const assess = assessorFor(context.law, person, year, today)
      item = {
        person,
        year,
        known: before,
        facts: { year, today, assess },
        assess,
        state: before.state,
        events: [],
        outbox: [],
      }
      work.set(key, item)
    }
    return decideOne(item, command, { ...origin, recordedAt })
  })
  const touched = [...work.values()].filter((item) => item.events.length > 0)
  const metadata = { ...origin, law: context.law.version }
  const appends = touched.map(
    (item): StreamAppend => ({
      streamId: streamIdOf(item.person.personId, item.year),
      expected: item.known.head,
      events: item.events,
      recordedAt,
      metadata,
      outbox: item.outbox,
    }),
  )
  if (appends.length === 0) return outcomes
  const results = await context.store.appendMany(tx, appends)
  const changed = touched.map((item, index): ChangedYear => {
    const { head, repeated } = results[index]!
    // another process stored the same events since the state was read: look again, then nothing is left to do
    if (repeated) throw new WrongExpectedVersion(appends[index]!.streamId, item.known.head.version)
    const opened = item.known.head.version === 0
    return { personId: item.person.personId, year: item.year, head, state: item.state, opened }
  })
  await saveYears(tx, changed)
  return outcomes
}

type Sending = Origin & { readonly recordedAt: StreamAppend['recordedAt'] }

function decideOne(item: Work, command: ContributionYearCommand, sending: Sending): CommandOutcome {
  const decision = contributionYear.decide(command, item.state, item.facts)
  if (!decision.ok) return { kind: 'rejected', rejection: decision.rejection }
  if (decision.events.length === 0) return { kind: 'unchanged', state: item.state }
  const member = tenantOf(item.person, item.facts.today)
  if (member === undefined) throw new Error(`person ${item.person.personId} has no insurer to publish to`)
  decision.events.forEach((event, index) => {
    item.state = contributionYear.evolve(item.state, event)
    const eventId = uuidV5(`${command.commandId}:${index}`)
    item.events.push({
      eventId,
      type: event.type,
      schemaVersion: event.version,
      data: event.data as unknown as JsonObject,
    })
    if (!isPublished(event)) return
    item.outbox.push(
      toIntegrationDraft(event, {
        ...sending,
        causationId: eventId,
        personId: item.person.personId,
        member,
        year: item.year,
        assessment: () => item.assess(item.state),
      }),
    )
  })
  if (!decision.events.some(isPublished)) return { kind: 'unchanged', state: item.state }
  return { kind: 'changed', state: item.state, events: decision.events }
}
