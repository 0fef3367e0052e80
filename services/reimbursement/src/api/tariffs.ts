import { instantInput, nomenclatureInput, settledKnownAt, withZod } from '@ziv/http'
import { addYears, cents } from '@ziv/kernel'
import { type LineSituation, priceLine, withoutTariff } from '@ziv/law'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { controls } from '../domain/control-codes.ts'
import { groundView, repairView } from '../projections/explain.ts'
import { codeExists } from '../projections/nomenclature.ts'
import {
  asked,
  careDate,
  careDateInput,
  confidence,
  convention,
  euroCents,
  ground,
  isoDate,
  repair,
  units,
  withinAgreement,
} from './schemas.ts'

const tags = ['Tariffs']
const everybody = [
  'clerk',
  'landsbondViewer',
  'landsbondApprover',
  'rizivSupervisor',
  'careProvider',
  'ocmw',
  'insured',
  'system',
] as const

const tariffQuestion = z
  .strictObject({
    nomenclature: nomenclatureInput,
    careDate: careDateInput,
    preferential: z.boolean().default(false).describe('Increased intervention').meta({ example: false }),
    globalMedicalFile: z
      .boolean()
      .default(false)
      .describe('The GP keeps the global medical file')
      .meta({ example: true }),
    chronicIllness: z.boolean().default(false).describe('Status of chronic illness').meta({ example: false }),
    age: z.int().min(0).max(130).optional().describe('Age of the patient on the day of care').meta({ example: 46 }),
    referral: z.boolean().default(false).describe('Referred by the GP').meta({ example: false }),
    convention: convention.default('conventioned'),
    withinAgreement: withinAgreement.optional(),
    units: units.default(1),
    askedCents: asked.optional().describe('What is asked in all; the official fee when absent'),
    knownAt: instantInput.optional().describe('Tariffs as known at this moment; default now'),
  })
  .meta({
    title: 'TariffQuestion',
    description: 'A line of care for a kind of patient',
    example: { nomenclature: '101032', careDate: '2025-03-03', globalMedicalFile: true, age: 46, askedCents: 2568 },
  })

const amount = (what: string) => euroCents.describe(`${what}, in euro cents`).meta({ example: 1968 })

const tariffAnswer = z
  .object({
    nomenclature: z.string().describe('Nomenclature code').meta({ example: '101032' }),
    careDate,
    outcome: z.enum(['granted', 'refused']).describe('refused: no intervention is known').meta({ example: 'granted' }),
    refusalCode: z.string().optional().describe('Control code when refused').meta({ example: '500420' }),
    refusalText: z.string().optional().describe('Why there is no price'),
    officialFeeCents: amount('Official fee for all units').optional(),
    interventionCents: amount('What the insurance pays').optional(),
    patientShareCents: amount('Remgeld, the legal share of the patient').optional(),
    supplementCents: amount('What is asked above that').optional(),
    supplementAllowed: z
      .boolean()
      .optional()
      .describe('Whether the provider may ask it; absent where that depends on what is not known, see grounds')
      .meta({ example: true }),
    confidence: confidence.optional(),
    tariffFrom: isoDate.optional().describe('First day of the row that is used').meta({ example: '2024-01-01' }),
    reliableTo: isoDate
      .optional()
      .describe('Last day for which the source vouches; after it the row is used as an assumption')
      .meta({ example: '2024-12-31' }),
    source: z.string().optional().describe('Where the amounts come from'),
    grounds: z.array(ground).describe('Why the price is what it is'),
    repairs: z.array(repair).describe('What would mend it'),
  })
  .meta({ title: 'TariffAnswer', description: 'The price of a line' })

export async function tariffRoutes(scope: FastifyInstance, context: ApiContext): Promise<void> {
  queryTariffs(scope, context)
  listControlCodes(scope)
}

function queryTariffs(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/tariffs/query',
    config: { access: { roles: everybody, scope: 'none' } },
    schema: {
      operationId: 'queryTariffs',
      summary: 'Price a line of care',
      description:
        'Fee, intervention and share of the patient on a day, with grounds and how well the tariff is known.',
      tags,
      body: tariffQuestion,
      response: { 200: tariffAnswer },
    },
    handler: async (request) => answerQuestion(context, request.body, request.language),
  })
}

async function answerQuestion(
  context: ApiContext,
  question: z.infer<typeof tariffQuestion>,
  language: FastifyRequest['language'],
): Promise<z.infer<typeof tariffAnswer>> {
  const { nomenclature: code, age, askedCents } = question
  await settledKnownAt(context, question.knownAt, 'body')
  const day = question.careDate
  const tariff = (await context.tariffs.current()).find(code, day, { at: question.knownAt })
  const refusalCode = codeExists(code) || tariff !== undefined ? '500420' : '500403'
  const words = controls[refusalCode][language]
  const refused = { outcome: 'refused' as const, refusalCode, refusalText: words, repairs: [] }
  if (tariff === undefined) {
    const grounds = [groundView(withoutTariff(code, day), language)]
    return { nomenclature: code, careDate: day, ...refused, grounds }
  }
  const situation: LineSituation = {
    careDate: day,
    ...(age === undefined ? {} : { birthDate: addYears(day, -age) }),
    preferential: question.preferential,
    gmd: question.globalMedicalFile,
    chronic: question.chronicIllness,
    referral: question.referral,
    convention: question.convention,
    ...(question.withinAgreement === undefined ? {} : { withinAgreement: question.withinAgreement }),
    units: question.units,
    ...(askedCents === undefined ? {} : { askedCents: cents(askedCents) }),
  }
  const decision = priceLine(tariff.row, situation, context.law)
  const { recorded } = tariff
  const common = {
    nomenclature: code,
    careDate: day,
    confidence: decision.confidence,
    tariffFrom: recorded.validFrom,
    ...(recorded.reliableTo === null ? {} : { reliableTo: recorded.reliableTo }),
    source: recorded.source,
    grounds: decision.grounds.map((item) => groundView(item, language)),
  }
  if (decision.outcome === 'refused') return { ...common, ...refused, officialFeeCents: recorded.feeCents }
  const repairs = decision.repairs.map((item) => repairView(item, language))
  return { ...common, outcome: 'granted', ...decision.result, repairs }
}

function listControlCodes(scope: FastifyInstance): void {
  withZod(scope).route({
    method: 'GET',
    url: '/refData/controlCodes',
    config: { access: 'public' },
    schema: {
      operationId: 'listControlCodes',
      summary: 'List the control codes of lines',
      description: 'Official codes that lines and invoices are refused with, in the words of this service.',
      tags,
      response: {
        200: z
          .object({
            items: z
              .array(
                z
                  .object({
                    code: z.string().describe('Record, zone, serial').meta({ example: '500540' }),
                    letter: z.string().describe('B, F, R, S or E').meta({ example: 'R' }),
                    nl: z.string().describe('In Dutch'),
                    fr: z.string().describe('In French'),
                    de: z.string().describe('In German'),
                    en: z.string().describe('In English'),
                  })
                  .meta({ title: 'ControlCode', description: 'A control of billing files' }),
              )
              .describe('All codes'),
          })
          .meta({ title: 'ControlCodes', description: 'The control codes of this service' }),
      },
    },
    handler: async () => ({ items: Object.entries(controls).map(([code, control]) => ({ code, ...control })) }),
  })
}
