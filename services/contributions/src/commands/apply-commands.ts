import { handleCommands, type Origin, type StreamHead } from '@ziv/event-store'
import { type DomainEvent, type IsoDate, type Rejection, uuidV5 } from '@ziv/kernel'
import { answerableUntil } from '@ziv/law'
import { type Member, tenantOf } from '@ziv/members'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import type { ContributionYearCommand } from '../domain/contribution-year.commands.ts'
import { contributionYear } from '../domain/contribution-year.decide.ts'
import type { ContributionYearEvent } from '../domain/contribution-year.events.ts'
import type { YearState } from '../domain/contribution-year.ts'
import { isPublished, yearMessages } from '../integration/contribution-messages.ts'
import { assessorFor } from './assessor.ts'
import { refuseStale } from './matching-lock.ts'
import { loadYears, saveYears } from './year-store.ts'
import { streamIdOf, type YearWork } from './year-work.ts'

export interface YearCommand {
  readonly person: Member
  readonly year: number
  readonly command: ContributionYearCommand
}

/** What a command came to; in the order of the commands. */
export type CommandOutcome =
  | { readonly kind: 'changed'; readonly state: YearState; readonly events: readonly ContributionYearEvent[] }
  | { readonly kind: 'unchanged'; readonly state: YearState }
  | { readonly kind: 'refused'; readonly rejection: Rejection }

type YearEvent = ContributionYearEvent & DomainEvent

/**
 * Decides many commands of many persons and stores events, messages and states in the caller's transaction: one query to
 * read, one batch to append, one statement to keep the states. Commands of one year are decided in the order given.
 * Throws `Conflict` when news of one of the persons came meanwhile. `turn`: whoever writes several chunks at a time takes the
 * lock for one at a time, or a consumer that wants it the other way stands between the two.
 */
export async function applyCommands(
  context: Context,
  tx: Transaction,
  commands: readonly YearCommand[],
  origin: Origin,
  turn: () => Promise<void> = async () => undefined,
): Promise<CommandOutcome[]> {
  const outcomes = await decideYears(context, tx, commands, origin)
  if (outcomes.every(({ kind }) => kind === 'refused')) return outcomes
  await turn()
  const persons = new Map(commands.map(({ person }) => [person.personId, person]))
  await refuseStale(tx, [...persons.values()])
  return outcomes
}

/** As `applyCommands`, for a caller under whose lock no news of the persons can come. */
export async function decideYears(
  { store, clock, law }: Context,
  tx: Transaction,
  commands: readonly YearCommand[],
  origin: Origin,
): Promise<CommandOutcome[]> {
  const today = clock.today()
  const metadata = { ...origin, law: law.version }
  const works = new Map<string, YearWork>()
  const workOf = ({ person, year }: YearCommand): YearWork => {
    const streamId = streamIdOf(person.personId, year)
    const known = works.get(streamId)
    if (known !== undefined) return known
    if (tenantOf(person, today) === undefined) throw new Error(`person ${person.personId} has no insurer to publish to`)
    const work = {
      ...{ person, personId: person.personId, year, today },
      assess: assessorFor(law, person, year, today),
      answerableUntil: (askedOn: IsoDate) => answerableUntil(askedOn, law),
    }
    works.set(streamId, work)
    return work
  }
  const requests = commands.map((item) => {
    const facts = workOf(item)
    const { command } = item
    return { streamId: streamIdOf(facts.personId, facts.year), command, commandId: command.commandId, facts, metadata }
  })
  const heads = new Map<string, StreamHead>()
  const outcomes = await handleCommands<YearState, ContributionYearCommand, YearEvent, Rejection, YearWork>(
    tx,
    store,
    {
      decider: contributionYear,
      recordedAt: () => clock.now(),
      // states are kept beside the streams; what was recorded before is known by what it says
      read: async (q) => {
        const known = await loadYears(q, [...works.values()])
        for (const [streamId, { head }] of known) heads.set(streamId, head)
        return known
      },
      eventId: ({ commandId, index }) => uuidV5(`${commandId}:${index}`),
      toOutbox: (changes) => changes.map(yearMessages),
      inTransaction: async (_tx, done) => {
        const last = new Map(done.map((outcome) => [outcome.streamId, outcome]))
        const changed = [...last.values()].filter(({ streamId, head }) => head.version > heads.get(streamId)!.version)
        await saveYears(
          tx,
          changed.map(({ streamId, head, state }) => {
            const { personId, year } = works.get(streamId)!
            return { personId, year, head, state, opened: heads.get(streamId)!.version === 0 }
          }),
        )
      },
    },
    requests,
  )
  return outcomes.map((outcome): CommandOutcome => {
    if (!outcome.ok) return { kind: 'refused', rejection: outcome.rejection }
    const { state, events } = outcome
    return events.some(isPublished) ? { kind: 'changed', state, events } : { kind: 'unchanged', state }
  })
}
