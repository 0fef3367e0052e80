import {
  type Answer,
  assertVersion,
  commandId,
  idempotent,
  ifMatch,
  mayAct,
  problem,
  rejectionToProblem,
  requestDigest,
  setVersion,
} from '@ziv/http'
import { SubjectErasedError } from '@ziv/privacy'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { wordsIn } from '../commands/code-words.ts'
import { type LoadedPerson, loadPerson } from '../commands/load-person.ts'
import { Refused } from '../commands/refused.ts'
import { type CommandRequest, type CommandResult, runCommand } from '../commands/run-command.ts'
import type { Context } from '../context.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import { rejections } from '../domain/person.rejections.ts'
import { requireMember } from './access.ts'

/** Refusals of the domain become problem documents; everything else passes. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // a repeat of a registration or a replacement for someone who was erased since
    if (error instanceof SubjectErasedError) throw rejectionToProblem(rejections, { code: 'personErased' })
    if (!(error instanceof Refused)) throw error
    if (error.rejection.code === 'streamMoved') throw problem('preconditionFailed')
    throw rejectionToProblem(rejections, error.rejection, wordsIn(error.rejection.params))
  }
}

export function metadataOf(request: FastifyRequest): CommandRequest['metadata'] {
  const digest = requestDigest(request)
  return {
    ...{ actor: request.caller.subject, correlationId: request.trace.id, traceparent: request.trace.traceparent },
    ...(digest === undefined ? {} : { request: digest }),
  }
}

/** One write on a person: who it is about, and what is decided. */
export interface PersonWrite<C extends PersonCommand = PersonCommand> {
  /** The person of the path: version and membership are checked on it. */
  readonly personId: string
  readonly command: C
  /** Person whose stream the command decides on, when it is not the one of the path. */
  readonly subjectId?: string
  readonly holderId?: string
  /** The command was compared with what a decision does not read: it holds for the version that was loaded, and for no later one. */
  readonly asLoaded?: true
}

/** What an answer can be about beside the result: the id that every event of the write names as its cause, and who was read. */
export interface Written {
  readonly commandId: string
  readonly loaded: LoadedPerson
}

type Answering<C extends PersonCommand> = (
  result: CommandResult,
  command: C,
  written: Written,
) => Answer | Promise<Answer>

/** Who may: members' clerks; or it was compared with the body already (`checked`); or whom the function lets pass. */
type Access = 'members' | 'checked' | ((loaded: LoadedPerson | null) => void)

function accessCheck({ clock }: Context, { caller }: FastifyRequest, access: Access) {
  if (access === 'checked') return () => undefined
  if (access !== 'members') return access
  return (loaded: LoadedPerson | null): void => void requireMember(caller, loaded, 'write', clock.today())
}

/**
 * Carries out a write: at most once per Idempotency-Key, on the version of If-Match when one is given, for members of the
 * caller only.
 */
export async function write<C extends PersonCommand>(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  build: (commandId: string, loaded: LoadedPerson) => Promise<PersonWrite<C>> | PersonWrite<C>,
  answer: Answering<C>,
  access: Access = 'members',
): Promise<FastifyReply> {
  const { database } = context
  return answering(() =>
    idempotent(request, reply, { database }, async () => {
      const id = commandId(request)
      const pathId = (request.params as { readonly personId: string }).personId
      const loaded = await loadPerson(context, pathId)
      const check = accessCheck(context, request, access)
      check(loaded)
      if (!loaded) throw problem('resourceNotFound')
      // only now: building may seal, and nobody seals for a person who is not theirs
      const { personId, command, subjectId, holderId, asLoaded = false } = await build(id, loaded)
      const stored = loaded.events.some((event) => event.metadata.causationId === id)
      if (!stored) assertVersion(request, loaded.version)
      const result = await runCommand(context, {
        ...{ commandId: id, personId: subjectId ?? personId, matchId: personId, command },
        ...(holderId === undefined ? {} : { holderId }),
        // the loaded version is checked above; a change of others between then and now matters to If-Match alone
        expectedVersion: ifMatch(request) === null && !asLoaded ? undefined : loaded.version,
        metadata: { ...metadataOf(request), causationId: id },
        requireAccess: (person) => check({ ...loaded, person }),
        mayChange: (member) => mayAct(request.caller, member, 'write'),
      })
      setVersion(reply, result.version)
      const given = await answer(result, command, { commandId: id, loaded })
      return { ...given, headers: { ...given.headers, ETag: `"${result.version}"` } }
    }),
  )
}
