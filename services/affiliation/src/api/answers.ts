import type { CommandResult } from '../commands/run-command.ts'
import type { PersonEventOf, PersonEventType } from '../domain/person.events.ts'

/** Data of the first event of a type that a command gave. */
export function factOf<T extends PersonEventType>(result: CommandResult, type: T): PersonEventOf<T>['data'] {
  const found = result.changes.find(({ event }) => event.type === type)
  if (!found) throw new Error(`the command gave no ${type}`)
  return found.event.data as PersonEventOf<T>['data']
}
