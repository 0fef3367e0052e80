import type { CommandResult } from '../commands/run-command.ts'
import type { PersonEvent, PersonEventOf, PersonEventType } from '../domain/person.events.ts'

/** Identifiers by which one of several things that a command changed is known. */
type Of = Readonly<Partial<Record<'affiliationId' | 'capacityId' | 'evidenceId', string>>>

/**
 * The events of a command that are about one thing, in their order: a command may change others too, as a capacity that is displaced
 * by the one that was asked for.
 */
export const eventsOf = ({ changes }: CommandResult, of: Of): readonly PersonEvent[] =>
  changes
    .map(({ event }) => event)
    .filter(({ data }) => Object.entries(of).every(([name, id]) => (data as Record<string, unknown>)[name] === id))

/** Data of the event of a type that a command gave of one thing. */
export function factOf<T extends PersonEventType>(result: CommandResult, type: T, of: Of): PersonEventOf<T>['data'] {
  const found = eventsOf(result, of).find((event) => event.type === type)
  if (!found) throw new Error(`the command gave no ${type}`)
  return found.data as PersonEventOf<T>['data']
}
