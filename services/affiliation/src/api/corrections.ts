import { type Caller, mayAct, versionedWriteHeaders, withZod } from '@ziv/http'
import type { IsoDate } from '@ziv/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireAgreement } from '../commands/identity.ts'
import type { LoadedPerson } from '../commands/load-person.ts'
import { openIdentity } from '../commands/open-identity.ts'
import type { ApiContext } from '../context.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import { requireMember } from './access.ts'
import { numbered } from './capacity-request.ts'
import { write } from './command-route.ts'
import {
  affiliationCorrectionBody,
  affiliationParams,
  answer,
  capacityCorrectionBody,
  capacityParams,
  evidenceCorrectionBody,
  evidenceParams,
  personCorrectionBody,
  personParams,
  withdrawalBody,
} from './schemas.ts'

const change = answer('CorrectionChange', {
  eventId: z.uuid().describe('Identifier of the event, as the history shows it'),
  type: z.string().describe('What was changed'),
})
const outcome = answer('CorrectionOutcome', {
  items: z.array(change).describe('What the correction changed at this person, consequences included'),
})

/** The capacity, affiliation or proof that a correction is about: the institution of its affiliation may put it right, whoever came after. */
interface Target {
  readonly affiliationId?: string
  readonly capacityId?: string
  readonly evidenceId?: string
}

function affiliationOf({ person }: LoadedPerson, target: Target): string | undefined {
  const { affiliationId, capacityId, evidenceId } = target
  if (affiliationId !== undefined) return affiliationId
  return person.capacities.find(
    (entry) => entry.capacityId === capacityId || entry.proofs.some((proof) => proof.evidenceId === evidenceId),
  )?.affiliationId
}

function requireOwner(caller: Caller, loaded: LoadedPerson | null, target: Target, today: IsoDate): void {
  const id = loaded ? affiliationOf(loaded, target) : undefined
  const home = loaded?.person.affiliations.find((entry) => entry.affiliationId === id)
  if (!home || !mayAct(caller, home, 'write')) requireMember(caller, loaded, 'write', today)
}

const schemaOf = (operationId: string, summary: string, description: string) =>
  ({
    ...{ operationId, summary, description, tags: ['Corrections'] },
    headers: versionedWriteHeaders,
    response: { 200: outcome },
  }) as const

const access = { access: { roles: ['clerk', 'system'], scope: 'person' } } as const

type Build = (commandId: string, loaded: LoadedPerson) => PersonCommand | Promise<PersonCommand>

/** Date of birth and sex are in the number too, which is sealed: they are compared with it before the decision. */
const statesIdentity = (command: PersonCommand): boolean =>
  command.type === 'CorrectPerson' && (command.birthDate !== undefined || command.sex !== undefined)

/** Carries out a correction and answers every event that it gave the person. */
function correct(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  target: Target,
  build: Build,
): Promise<FastifyReply> {
  const { personId } = request.params as { readonly personId: string }
  return write(
    context,
    request,
    reply,
    async (id, loaded) => {
      const command = await build(id, loaded)
      const entry = loaded.person.capacities.find(({ capacityId }) => capacityId === target.capacityId)
      const holder = entry?.holderPersonId ? { holderId: entry.holderPersonId } : {}
      return { personId, command, ...holder, ...(statesIdentity(command) ? { asLoaded: true } : {}) }
    },
    ({ changes }) => {
      const own = changes.filter((one) => one.personId === personId)
      return { status: 200, body: { items: own.map(({ eventId, event }) => ({ eventId, type: event.type })) } }
    },
    (loaded) => requireOwner(request.caller, loaded, target, context.clock.today()),
  )
}

function capacityCorrections(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/capacities/:capacityId/corrections',
    config: access,
    schema: {
      ...schemaOf(
        'correctCapacity',
        'Correct the days of a capacity',
        'Start and end; `runsOn` takes an end back. The proofs have to bear the day on which it is now said to be acquired.',
      ),
      params: capacityParams,
      body: capacityCorrectionBody,
    },
    handler: (request, reply) => {
      const { capacityId } = request.params
      const { reason: because, evidence = [], runsOn, ...days } = request.body
      const build: Build = (id) => ({
        ...{ type: 'CorrectCapacity', capacityId, because, evidence: numbered(id, evidence) },
        ...{ ...days, ...(runsOn ? { to: null } : {}) },
      })
      return correct(context, request, reply, { capacityId }, build) as never
    },
  })
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/capacities/:capacityId/withdrawals',
    config: access,
    schema: {
      ...schemaOf(
        'withdrawCapacity',
        'Withdraw a capacity',
        'It never was: no day of it counts, and what it displaced counts again.',
      ),
      params: capacityParams,
      body: withdrawalBody,
    },
    handler: (request, reply) => {
      const { capacityId } = request.params
      const build: Build = () => ({ type: 'WithdrawCapacity', capacityId, because: request.body.reason })
      return correct(context, request, reply, { capacityId }, build) as never
    },
  })
}

function affiliationCorrections(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/affiliations/:affiliationId/corrections',
    config: access,
    schema: {
      ...schemaOf(
        'correctAffiliation',
        'Correct the days of an affiliation',
        'First and last day; `runsOn` takes a departure back. Capacities and dependants follow; a dependant whose proofs bear no earlier day keeps its own first day, and a correction of its capacity with the proof moves it or says which proof is missing.',
      ),
      params: affiliationParams,
      body: affiliationCorrectionBody,
    },
    handler: (request, reply) => {
      const { affiliationId } = request.params
      const { reason: because, runsOn, ...days } = request.body
      const end = runsOn ? { to: null } : {}
      const build: Build = () => ({ type: 'CorrectAffiliation', affiliationId, because, ...days, ...end })
      return correct(context, request, reply, { affiliationId }, build) as never
    },
  })
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/affiliations/:affiliationId/withdrawals',
    config: access,
    schema: {
      ...schemaOf(
        'withdrawAffiliation',
        'Withdraw an affiliation',
        'It never was: its capacities are withdrawn with it, and dependants lose the quality that rested on it. What was paid on its days stays settled; such claims say so when they are read.',
      ),
      params: affiliationParams,
      body: withdrawalBody,
    },
    handler: (request, reply) => {
      const { affiliationId } = request.params
      const build: Build = () => ({ type: 'WithdrawAffiliation', affiliationId, because: request.body.reason })
      return correct(context, request, reply, { affiliationId }, build) as never
    },
  })
}

export function correctionRoutes(app: FastifyInstance, context: ApiContext): void {
  capacityCorrections(app, context)
  affiliationCorrections(app, context)
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/evidence/:evidenceId/corrections',
    config: access,
    schema: {
      ...schemaOf(
        'correctEvidence',
        'Correct or withdraw a proof',
        'Without `evidence` it is withdrawn. What is left has to bear the capacity; otherwise withdraw the capacity. A pending capacity is weighed anew: it counts when what is left is enough.',
      ),
      params: evidenceParams,
      body: evidenceCorrectionBody,
    },
    handler: (request, reply) => {
      const { evidenceId } = request.params
      const { reason: because, evidence = null } = request.body
      const build: Build = () => ({ type: 'CorrectEvidence', evidenceId, evidence, because })
      return correct(context, request, reply, { evidenceId }, build) as never
    },
  })
  withZod(app).route({
    method: 'POST',
    url: '/persons/:personId/corrections',
    config: access,
    schema: {
      ...schemaOf(
        'correctPerson',
        'Correct birth, sex or death',
        '`lives` takes a death back: what ended with it runs again. The rules of age follow the date of birth. Birth and sex agree with the INSZ: where that is wrong, it is replaced.',
      ),
      params: personParams,
      body: personCorrectionBody,
    },
    handler: (request, reply) => {
      const { reason: because, lives, ...known } = request.body
      const death = lives ? { diedOn: null } : {}
      const build: Build = async (_id, { events }) => {
        const command: PersonCommand = { type: 'CorrectPerson', because, ...known, ...death }
        const identity = statesIdentity(command) ? await openIdentity(context, request.params.personId, events) : null
        // of an erased person no number is left, and nothing is corrected
        if (identity) requireAgreement(known, identity.ssin)
        return command
      }
      return correct(context, request, reply, {}, build) as never
    },
  })
}
