import { withZod } from '@ziv/http'
import { type IsoDate, isoDate, LANGUAGES, type Language, renderArticle } from '@ziv/kernel'
import { loadCapacities, loadZiekenfondsen } from '@ziv/law'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { proofWords } from '../commands/proof-words.ts'
import { day } from '../domain/capacities.ts'
import type { EvidenceKind } from '../domain/evidence.ts'
import { answer } from './schemas.ts'

const names = answer('ZiekenfondsName', { nl: z.string().describe('Dutch'), fr: z.string().describe('French') })
const fund = answer('Ziekenfonds', {
  code: z.string().describe('Number'),
  insurer: z.string().describe('Insurer'),
  name: names.describe('Name'),
  from: z.iso.date().describe('First day in the register'),
  to: z.iso.date().optional().describe('Last day, when it merged'),
  mergedInto: z.string().optional().describe('Where its members went'),
})
const list = <T extends z.ZodType>(title: string, item: T) =>
  answer(title, { items: z.array(item).describe('Codes'), total: z.int().describe('Number of codes') })

const labels = answer(
  'CapacityName',
  Object.fromEntries(LANGUAGES.map((language) => [language, z.string().describe(`Name, ${language}`)])) as Record<
    Language,
    z.ZodString
  >,
)
const capacityCode = answer('CapacityCode', {
  code: z.string().describe('Capacity'),
  role: z.enum(['holder', 'dependant']).describe('Insured by a quality of one’s own, or through a holder'),
  open: z.boolean().describe('Somebody can be registered in it'),
  name: labels.describe('Name'),
  legalBasis: z.string().describe('Article that lists the beneficiary'),
})

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
      description: 'Legal capacities of the law; in those with `open` somebody can be registered here.',
      tags: ['Code lists'],
      response: { 200: list('Capacities', capacityCode) },
    },
    handler: async (request) => {
      const items = loadCapacities().all.map(({ code, role, article, labels, evidence }) => {
        return {
          code,
          role,
          open: evidence !== undefined,
          name: labels,
          legalBasis: renderArticle(article, request.language),
        }
      })
      return { items, total: items.length }
    },
  })
  evidenceKinds(app)
}

function evidenceKinds(app: FastifyInstance): void {
  withZod(app).route({
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
            name: labels.describe('Name'),
          }),
        ),
      },
    },
    handler: async () => {
      const items = loadCapacities().open.flatMap(({ code: capacity, evidence }) =>
        (evidence?.accepted ?? []).map((code) => ({ code, capacity, name: proofWords[code as EvidenceKind] })),
      )
      return { items, total: items.length }
    },
  })
}
