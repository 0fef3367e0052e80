import { assertMaySee, badRequest, knownAtOf, mayAct, onePersonOf, type Tenant, withZod } from '@ziv/http'
import { addDays, dateOf, type IsoDate, yearOf } from '@ziv/kernel'
import { type PendingCapacity, pendingOn, tenantOf } from '@ziv/members'
import { inflateMember } from '@ziv/members/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { answerOn, type DayAnswer, type HolderAnswer } from '../domain/answer.ts'
import type { RightPeriod } from '../domain/decision.ts'
import { reasonTexts } from '../domain/reason-texts.ts'
import type { Standing, StandingKey } from '../projections/standing.ts'
import { timelineKnownAt, timelineNow } from '../projections/timelines.ts'
import { decisionOf } from './render.ts'
import { insurabilityAnswer, insurabilityQuery } from './schemas.ts'

type Query = z.infer<typeof insurabilityQuery>
type Answer = z.infer<typeof insurabilityAnswer>

/** Whoever may reimburse or give care may ask whether a person is in order; others only about their own members. */
const OPEN_TO = ['careProvider', 'ocmw'] as const

const WRONG_PERIOD = {
  nl: 'de eerste dag ligt na de laatste: wissel ze om',
  fr: 'le premier jour suit le dernier: inversez-les',
  de: 'der erste Tag liegt nach dem letzten: tauschen Sie sie',
  en: 'the first day lies after the last: swap them',
}

/** `POST /insurability/query`: the question asked 500 million times a year. */
export function insurabilityRoute(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'POST',
    url: '/insurability/query',
    config: {
      access: {
        roles: ['clerk', 'landsbondViewer', 'careProvider', 'ocmw', 'insured', 'rizivSupervisor', 'system'],
        scope: 'person',
      },
    },
    schema: {
      operationId: 'queryInsurability',
      summary: 'Whether a person is in order',
      description:
        'For one day (asOf) or a period, with the knowledge of now or of an earlier moment (knownAt). The INSZ only ever travels in this body.',
      tags: ['Insurability'],
      body: insurabilityQuery,
      response: { 200: insurabilityAnswer },
    },
    handler: async (request) => {
      const query = request.body
      // a question that is refused looks at nobody: checked before it is recorded that somebody looked
      const times = timesOf(context, query)
      const standing = await context.standings.find(keyOf(context, query))
      const tenant = standing === null ? null : tenantOfStanding(standing, context.clock.today())
      assertMaySee(request.caller, tenant, { openTo: OPEN_TO })
      const logged = context.accessLog.record(request, (standing as Standing).personId)
      const answer = await answerFor(context, { query, ...times }, standing as Standing, request)
      await logged
      return answer
    },
  })
}

/** Nobody's member: as unknown to the caller as somebody who is not there. */
function tenantOfStanding({ personId, insurer, ziekenfonds, member }: Standing, today: IsoDate): Tenant | null {
  if (insurer !== null && ziekenfonds !== null) return { personId, insurer, ziekenfonds }
  const tenant = member === null ? undefined : tenantOf(inflateMember(personId, member), today)
  return tenant === undefined ? null : { personId, ...tenant }
}

function keyOf(context: ApiContext, query: Query): StandingKey {
  const named = onePersonOf(query)
  if ('personId' in named) return named
  return { inszIndex: context.vault.blindIndex('insz', named.ssin) }
}

/** What the question is about in time; 400 when that cannot be. */
function timesOf({ clock }: ApiContext, query: Query) {
  const knownAt = knownAtOf(clock, query.knownAt, 'body')
  const asOf = query.asOf ?? clock.today()
  const wanted = query.period ?? { from: asOf, to: asOf }
  if (wanted.from > wanted.to) {
    throw badRequest({ type: 'invalidPeriod', in: 'body', name: 'period', detail: WRONG_PERIOD })
  }
  return { knownAt, asOf, wanted }
}

async function answerFor(
  context: ApiContext,
  { query, knownAt, asOf, wanted }: { readonly query: Query } & ReturnType<typeof timesOf>,
  { personId, periods: stored }: Standing,
  request: FastifyRequest,
): Promise<Answer> {
  const today = context.clock.today()
  // the stored days are the answer of now, and so are the dossiers; what was known at another moment is folded from the facts
  if (query.knownAt === undefined && query.explain !== true) {
    const within = stored.filter((period) => period.from <= wanted.to && period.to >= wanted.from)
    if (covers(within, wanted)) return inOrder(personId, query, knownAt, asOf, within)
  }
  const knownOn = query.knownAt === undefined ? today : dateOf(knownAt)
  const decidedThrough = yearOf(knownOn)
  const { database, law } = context
  const { language } = request
  const { dossier, timeline, holders } =
    (query.knownAt === undefined ? await timelineNow(database, law, personId, decidedThrough) : null) ??
    (await timelineKnownAt(database, law, personId, knownAt, decidedThrough))
  const within = timeline.periods.filter((period) => period.from <= wanted.to && period.to >= wanted.from)
  const day = answerOn(dossier, timeline, firstOpenDay(within, wanted), { law, decidedThrough, holders })
  const base: Answer = covers(within, wanted)
    ? inOrder(personId, query, knownAt, asOf, within)
    : {
        ...notInOrder(personId, query, knownAt, asOf, day),
        ...(day.reason === null ? {} : { reasonText: reasonTexts[day.reason][language] }),
        ...(day.reason === 'capacityPending' ? { pending: pendingOn(dossier, day.day).map(publicPending) } : {}),
        ...(await holderFor(context, query, day.holder, request, knownOn)),
        periods: within.map(publicPeriod),
      }
  if (query.explain !== true || day.decision === null) return base
  return { ...base, decision: decisionOf(personId, day.decision, language, knownOn) }
}

/** How the holder stands, for who may see the holder as a member: the one who may ask about a dependant need not be. */
async function holderFor(
  context: ApiContext,
  query: Query,
  holder: HolderAnswer | null,
  request: FastifyRequest,
  knownOn: IsoDate,
): Promise<Pick<Answer, 'holder'>> {
  if (holder === null || holder.answer.reason === null) return {}
  const { personId } = holder.dossier
  const tenant = tenantOf(holder.dossier, context.clock.today())
  if (tenant === undefined || !mayAct(request.caller, { personId, ...tenant }, 'read')) return {}
  await context.accessLog.record(request, personId)
  const { reason, decision } = holder.answer
  const reasonText = reasonTexts[reason][request.language]
  if (query.explain !== true || decision === null) return { holder: { personId, reason, reasonText } }
  return {
    holder: { personId, reason, reasonText, decision: decisionOf(personId, decision, request.language, knownOn) },
  }
}

const covers = (periods: readonly RightPeriod[], wanted: { from: IsoDate; to: IsoDate }): boolean => {
  let day = wanted.from
  for (const period of periods) {
    if (period.from > day) return false
    if (period.to >= wanted.to) return true
    day = addDays(period.to, 1)
  }
  return false
}

/** The first day of the question without a right; the first day at all when every day has one. */
function firstOpenDay(periods: readonly RightPeriod[], wanted: { from: IsoDate; to: IsoDate }): IsoDate {
  let day = wanted.from
  for (const period of periods) {
    if (period.from > day) return day
    day = addDays(period.to, 1)
  }
  return day > wanted.to ? wanted.from : day
}

const publicPending = ({ capacity, waitingFor, acquiredOn, requestedOn }: PendingCapacity) => {
  return { capacity: capacity, waitingFor, acquiredOn, requestedOn }
}

const publicPeriod = (period: RightPeriod): Answer['periods'][number] => period as unknown as Answer['periods'][number]

function inOrder(
  personId: string,
  query: Query,
  knownAt: string,
  asOf: string,
  periods: readonly RightPeriod[],
): Answer {
  const first = periods[0] as RightPeriod
  return {
    personId,
    ...(query.period === undefined ? { asOf } : {}),
    knownAt,
    inOrder: true,
    insurer: first.insurer as '100',
    ziekenfonds: first.ziekenfonds,
    periods: periods.map(publicPeriod),
  }
}

function notInOrder(personId: string, query: Query, knownAt: string, asOf: string, day: DayAnswer): Answer {
  return {
    personId,
    ...(query.period === undefined ? { asOf } : {}),
    knownAt,
    inOrder: false,
    ...(day.reason === null ? {} : { reason: day.reason }),
    periods: [],
  }
}
