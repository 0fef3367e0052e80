import { withZod } from '@ziv/http'
import { type IsoDate, isoDate } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { capacityKinds, day } from '../domain/capacities.ts'
import { evidenceKindsOf } from '../domain/evidence.ts'
import { answer } from './schemas.ts'

const names = answer('ZiekenfondsName', { nl: z.string().describe('Dutch'), fr: z.string().describe('French') })
const fund = answer('Ziekenfonds', {
  code: z.string().describe('Number'),
  insurer: z.string().describe('Insurer'),
  name: names.describe('Name'),
  from: z.string().describe('First day in the register'),
  to: z.string().optional().describe('Last day, when it merged'),
  mergedInto: z.string().optional().describe('Where its members went'),
})
const list = <T extends z.ZodType>(title: string, item: T) =>
  answer(title, { items: z.array(item).describe('Codes'), total: z.int().describe('Number of codes') })

function fundsOn(date: IsoDate | undefined): z.infer<typeof fund>[] {
  const register = loadZiekenfondsen()
  const funds = date === undefined ? register.ziekenfondsen : register.on(date)
  const named = funds.map(({ code, insurer, nl, fr, from, to, mergedInto }) => ({
    ...{ code, insurer, name: { nl, fr }, from },
    ...(to === undefined ? {} : { to }),
    ...(mergedInto === undefined ? {} : { mergedInto }),
  }))
  const alone = register.insurers.filter((entry) => entry.kind !== 'landsbond')
  return [
    ...named,
    ...alone.map(({ code, names: dated }) => {
      const last = dated.at(-1)
      if (!last) throw new Error(`insurer ${code} has no name`)
      return { code, insurer: code, name: { nl: last.nl, fr: last.fr }, from: last.from }
    }),
  ]
}

export function codeListRoutes(app: FastifyInstance): void {
  const zod = withZod(app)
  zod.route({
    method: 'GET',
    url: '/refData/ziekenfondsen',
    config: { access: 'public' },
    schema: {
      operationId: 'listZiekenfondsen',
      summary: 'Ziekenfondsen, the HZIV and HR Rail',
      description: 'Codes a member can carry; with `on` those of a day.',
      tags: ['Code lists'],
      querystring: z.strictObject({ on: day.optional().describe('Day; all that ever were when absent') }),
      response: { 200: list('Ziekenfondsen', fund) },
    },
    handler: async (request) => {
      const items = fundsOn(request.query.on === undefined ? undefined : isoDate(request.query.on))
      return { items, total: items.length }
    },
  })
  zod.route({
    method: 'GET',
    url: '/refData/capacities',
    config: { access: 'public' },
    schema: {
      operationId: 'listCapacities',
      summary: 'Capacities',
      description: 'Legal capacities a person can be insured in.',
      tags: ['Code lists'],
      response: { 200: list('Capacities', answer('CapacityCode', { code: z.string().describe('Capacity') })) },
    },
    handler: async () => ({ items: capacityKinds.map((code) => ({ code })), total: capacityKinds.length }),
  })
  zod.route({
    method: 'GET',
    url: '/refData/evidenceKinds',
    config: { access: 'public' },
    schema: {
      operationId: 'listEvidenceKinds',
      summary: 'Kinds of evidence per capacity',
      description: 'What proves which capacity.',
      tags: ['Code lists'],
      response: {
        200: list(
          'EvidenceKinds',
          answer('EvidenceKind', {
            code: z.string().describe('Kind of evidence'),
            capacity: z.string().describe('Capacity it proves'),
          }),
        ),
      },
    },
    handler: async () => {
      const items = capacityKinds.flatMap((capacity) => evidenceKindsOf[capacity].map((code) => ({ code, capacity })))
      return { items, total: items.length }
    },
  })
}
