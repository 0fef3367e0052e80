import { accessLogRoute, type Caller, withZod } from '@ziv/http'
import type { Language } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { describeEvent, describeOther } from '../commands/history.ts'
import { changesOf, type FieldChange } from '../commands/history-changes.ts'
import { type LoadedPerson, loadPerson } from '../commands/load-person.ts'
import { openNumbers } from '../commands/open-identity.ts'
import type { ApiContext } from '../context.ts'
import { correctionReasons, type PersonEvent, parsePersonEvent } from '../domain/person.events.ts'
import { evolvePerson } from '../domain/person.evolve.ts'
import { nobody, type Person } from '../domain/person.ts'
import { homeOf, requireMember, seesIdentity, visibleTo } from './access.ts'
import { type OtherPerson, otherOf, otherPerson, othersFor } from './other-person.ts'
import { answer, personParams } from './schemas.ts'

const change = answer('HistoryChange', {
  field: z.string().describe('The field that was put right'),
  was: z.string().optional().describe('The value it had; absent when there was none'),
  is: z.string().optional().describe('The value it has since; absent when there is none any more'),
})
const item = answer('HistoryItem', {
  eventId: z.uuid().describe('Identifier of the event'),
  version: z.int().describe('Place in the history of the person'),
  type: z.string().describe('Kind of event'),
  recordedAt: z.iso.datetime().describe('When it was recorded'),
  recordedBy: z.string().describe('Who recorded it, as the token named the caller'),
  reason: z
    .enum([...correctionReasons, 'consequence'])
    .optional()
    .describe('Of a correction: why it was put right'),
  corrects: z.array(z.uuid()).optional().describe('Of a correction: the events that it puts right'),
  changes: z
    .array(change)
    .describe('Of a correction: what it changed. Numbers and what proofs say only for those who see the identity'),
  other: otherPerson.optional().describe('The other person that it is about: a dependant, or the holder of one'),
  text: z.string().describe('What happened, in the language asked for'),
})

interface Moment {
  readonly event: PersonEvent
  readonly before: Person
  readonly after: Person
}

/** The changes of an event that a caller may see; after an erasure those of days alone are left. */
function changesFor(
  caller: Caller,
  { event, before, after }: Moment,
  { person }: LoadedPerson,
  [was, is]: readonly (string | undefined)[],
): readonly FieldChange[] {
  if (event.type === 'IdentifierReplaced') return was && is ? [{ field: 'ssin', was, is }] : []
  const changes = changesOf(event, before, after)
  if (event.type === 'PersonCorrected')
    return person.erased ? changes.filter(({ field }) => field === 'diedOn') : changes
  if (event.type !== 'EvidenceCorrected') return changes
  return seesIdentity(caller) && !person.erased ? changes : changes.filter(({ field }) => field === 'kind')
}

/** A line of the history with the other person that it is about, whom its text names where the reader may know the name. */
function withOther(
  told: Omit<z.infer<typeof item>, 'other'>,
  { personId, role }: Pick<OtherPerson, 'personId' | 'role'>,
  others: ReadonlyMap<string, Omit<OtherPerson, 'role'>>,
  language: Language,
): z.infer<typeof item> {
  const other = { role, ...(others.get(personId) ?? { personId }) }
  const { identity } = other
  if (identity === undefined) return { ...told, other }
  return { ...told, other, text: `${told.text} ${describeOther({ role, identity }, language)}` }
}

/** Events that a former insurer may read: those before the person left it. */
export function historyRoutes(app: FastifyInstance, context: ApiContext): void {
  const { accessLog } = context
  withZod(app).route({
    method: 'GET',
    url: '/persons/:personId/history',
    config: {
      access: { roles: ['clerk', 'landsbondViewer', 'landsbondApprover', 'insured', 'system'], scope: 'person' },
    },
    schema: {
      operationId: 'getHistory',
      summary: 'What happened to a person, in plain words',
      description:
        'Every event with the moment it was recorded and by whom, oldest first; a correction with the values that it changed and why.',
      tags: ['Persons'],
      params: personParams,
      response: {
        200: answer('History', {
          items: z.array(item).describe('Events, oldest first'),
          total: z.int().describe('Number of events'),
        }),
      },
    },
    handler: async (request) => {
      const { personId } = request.params
      const { caller, language } = request
      const loaded = requireMember(caller, await loadPerson(context, personId), 'read', context.clock.today())
      await accessLog.record(request, personId)
      const seen = visibleTo(caller, loaded, context.clock.today())
      const own = new Set(seen.affiliations.map((entry) => `${entry.insurer}/${entry.ziekenfonds}`))
      const all = seen === loaded.person
      const numbers = seesIdentity(caller)
        ? await openNumbers(context, personId, loaded.events)
        : new Map<string, string>()
      let [before, number] = [nobody, undefined as string | undefined]
      const lines = loaded.events.flatMap((stored) => {
        const event = parsePersonEvent(stored.type, stored.data, stored.eventId)
        const moment = { event, before, after: evolvePerson(before, event) }
        const given = [number, numbers.get(stored.eventId) ?? number]
        before = moment.after
        number = given[1]
        const data = event.data as Pick<z.infer<typeof item>, 'corrects'> & {
          readonly insurer?: string
          readonly ziekenfonds?: string
          readonly because?: z.infer<typeof item>['reason']
        }
        const mine = all || (data.insurer !== undefined && own.has(`${data.insurer}/${data.ziekenfonds}`))
        if (!mine) return []
        const { eventId, version, type, recordedAt, metadata } = stored
        const changes = [...changesFor(caller, moment, loaded, given)]
        const why = data.because === undefined ? {} : { reason: data.because, corrects: data.corrects }
        const text = describeEvent(event, language, changes)
        const told = { eventId, version, type, recordedAt, recordedBy: metadata.actor, ...why, changes, text }
        return [{ told, other: otherOf(event) }]
      })
      const ids = new Set(lines.flatMap(({ other }) => other?.personId ?? []))
      const others = await othersFor(context, caller, ids)
      // whoever reads a name here looked at that person too
      await accessLog.record(request, ...[...others].flatMap(([id, { identity }]) => (identity ? [id] : [])))
      const items = lines.map(({ told, other }) => (other === null ? told : withOther(told, other, others, language)))
      return { items, total: items.length }
    },
  })
  accessLogRoute(app, {
    accessLog,
    tenantOf: async (personId) => {
      const loaded = await loadPerson(context, personId)
      return loaded && homeOf(loaded, context.clock.today())
    },
  })
}
