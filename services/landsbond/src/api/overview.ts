import { streamEvents, tenantFilter, withZod } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { totalCells } from '../domain/figures.ts'
import { businessDay } from '../projections/member-counts.ts'
import type { Counters, FundCounters } from '../projections/overview.ts'
import { overviewSchema } from './schemas.ts'

const access = {
  access: {
    roles: ['clerk', 'landsbondViewer', 'landsbondApprover', 'rizivSupervisor', 'system'] as const,
    scope: 'ziekenfonds' as const,
  },
}

const counterStream = z
  .string()
  .describe('Server-sent events; the data of each is the counters of one ziekenfonds, as in the overview')
  .meta({ example: 'event: counters' })

type Overview = z.infer<typeof overviewSchema>

const publicOf = ({
  lastReturn,
  changedTx: _,
  ...fund
}: Counters['funds'][number]): Overview['ziekenfondsen'][number] => ({
  ...fund,
  insurer: fund.insurer as '300',
  members: [...fund.members],
  ...(lastReturn === null ? {} : { lastReturn }),
})

function totalsOf(funds: readonly FundCounters[]): Overview['totals'] {
  const sum = (value: (fund: FundCounters) => number): number => funds.reduce((total, fund) => total + value(fund), 0)
  const codes = [...new Set(funds.flatMap((fund) => fund.members.map(({ capacity }) => capacity)))].sort()
  const members = codes.map((capacity) => {
    return { capacity, count: sum((fund) => fund.members.find((entry) => entry.capacity === capacity)?.count ?? 0) }
  })
  const totals = Object.fromEntries(totalCells.map((name) => [name, sum((fund) => fund[name])]))
  return { members, ...(totals as Record<(typeof totalCells)[number], number>) }
}

/** `GET /overview` and the live stream of the same counters. */
export function overviewRoutes(app: FastifyInstance, context: ApiContext): void {
  withZod(app).route({
    method: 'GET',
    url: '/overview',
    config: access,
    schema: {
      operationId: 'getOverview',
      summary: 'How the ziekenfondsen stand now',
      description:
        'Members per capacity and in order today, slips and claims of the current month, and the last return, for the ziekenfondsen the caller may see.',
      tags: ['Overview'],
      response: { 200: overviewSchema },
    },
    handler: async (request) => {
      const filter = tenantFilter(request.caller)
      const counters = await context.feed.read()
      const funds = counters.funds.filter(
        (fund) =>
          (filter.insurer === undefined || fund.insurer === filter.insurer) &&
          (filter.ziekenfonds === undefined || fund.ziekenfonds === filter.ziekenfonds),
      )
      return {
        businessDate: await businessDay(context.database),
        month: counters.month,
        totals: totalsOf(funds),
        ziekenfondsen: funds.map(publicOf),
      }
    },
  })

  withZod(app).route({
    method: 'GET',
    url: '/stream',
    config: access,
    schema: {
      operationId: 'streamCounters',
      summary: 'Counters as they change',
      description:
        'Server-sent events named counters, each with the counters of one ziekenfonds: all of them first, then those that change, at most a few times a second. A client that comes again with Last-Event-ID gets what changed since.',
      tags: ['Overview'],
      produces: ['text/event-stream'],
      response: { 200: counterStream },
    },
    handler: async (request, reply) => {
      const filter = tenantFilter(request.caller)
      await streamEvents(request, reply, (lastEventId, signal) => context.feed.watch(filter, lastEventId, signal))
    },
  })
}
