import type { EventMetadata } from '@ziv/event-store'
import type { Context } from '../context.ts'
import type { MayChange } from '../domain/of-others.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import type { PersonFacts } from '../domain/person.facts.ts'
import type { Person } from '../domain/person.ts'
import { projectAffiliations } from '../projections/affiliations.ts'
import { projectNumbers } from '../projections/insz-index.ts'
import { type Change, PersonWork } from './person-work.ts'
import { Refused, refusedWith } from './refused.ts'

export interface CommandRequest {
  /** Derived from the idempotency key: the same id never acts twice. */
  readonly commandId: string
  readonly personId: string
  readonly command: PersonCommand
  /** Other persons the decision looks at. */
  readonly holderId?: string
  /** Version the caller saw (If-Match), of `matchId` or else of the person. */
  readonly expectedVersion?: number | undefined
  readonly matchId?: string
  readonly metadata: EventMetadata
  /** Throws when the caller may not change the person of `matchId` (or else the person) as it stands when this is decided. */
  readonly requireAccess?: (person: Person) => void
  /** Whose members' affiliations the caller may change; absent: all. */
  readonly mayChange?: MayChange
}

export interface CommandResult {
  readonly version: number
  /** False when the command had been carried out before. */
  readonly changed: boolean
  readonly changes: readonly Change[]
}

/** Decides and stores one command; throws Refused. When another writer was faster all of it is read and decided again. */
export async function runCommand(context: Context, request: CommandRequest): Promise<CommandResult> {
  const { commandId, personId, command, holderId, expectedVersion } = request
  const matchId = request.matchId ?? personId
  const metadata = { ...request.metadata, law: context.law.version }
  return context.database.transaction(async (tx) => {
    const work = new PersonWork(context, metadata)
    await work.ensure(tx, holderId === undefined ? [personId] : [personId, holderId])
    // since the caller was let in, the person may have become a member of others
    request.requireAccess?.(work.person(matchId))
    const actual = work.version(matchId)
    const before = work.doneBefore(commandId, personId)
    if (before !== undefined) return { version: actual, changed: false, changes: before }
    if (expectedVersion !== undefined && expectedVersion !== actual) {
      throw refusedWith('streamMoved', { actual, expected: expectedVersion })
    }
    const facts: PersonFacts = context.facts()
    const complete = holderId === undefined ? facts : { ...facts, holder: work.person(holderId) }
    const rejection = await work.decide(tx, commandId, personId, command, complete, request.mayChange)
    if (rejection) throw new Refused(rejection)
    const changes = work.changes()
    await projectNumbers(tx, changes)
    // the append comes first: whoever lost the race learns it there, and decides again
    await work.flush(tx)
    await projectAffiliations(tx, changes)
    await markErasures(context, tx, changes)
    return { version: work.version(matchId), changed: changes.length > 0, changes }
  })
}

async function markErasures(
  context: Context,
  tx: Parameters<typeof projectNumbers>[0],
  changes: readonly Change[],
): Promise<void> {
  for (const { event, personId } of changes) {
    if (event.type !== 'PersonErased') continue
    await tx.query('insert into app.erasures (person_id, requested_at) values ($1, $2) on conflict do nothing', [
      personId,
      context.clock.now(),
    ])
  }
}
