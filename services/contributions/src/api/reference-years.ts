import { assessment, contributionRegime, euroCents } from '@ziv/contracts'
import {
  assertMaySee,
  dayInput,
  instantInput,
  personIdInput,
  rejectionToProblem,
  settledKnownAt,
  withZod,
} from '@ziv/http'
import { dateOf, type Instant, renderArticle, yearOf } from '@ziv/kernel'
import { year as aYear } from '@ziv/kernel/schemas'
import { isAssessable, renderGround, renderRepair, runsOn, whileItRuns } from '@ziv/law'
import type { Member } from '@ziv/members'
import { loadMembers, loadMembersKnownAt } from '@ziv/members/store'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiContext } from '../context.ts'
import { incomeOutcomes } from '../domain/contribution-year.events.ts'
import { contributionRejections } from '../domain/contribution-year.rejections.ts'
import { type IncomeState, slipKey } from '../domain/contribution-year.ts'
import { type ReferenceYear, readReferenceYear } from '../projections/read-reference-year.ts'
import { seenBy } from './contributions.ts'
import { isoDate, moment, personId, year, yearQuarter } from './schemas.ts'

const recorded = {
  quarter: yearQuarter.meta({ example: '2024Q1' }),
  eventId: z.uuid().describe('Event that last recorded it'),
  recordedAt: moment.describe('When it was last recorded'),
}
const referenceYear = z
  .object({
    personId,
    year: aYear.describe('Reference year').meta({ example: 2024 }),
    asOf: isoDate.describe('Day the answer is about').meta({ example: '2025-03-03' }),
    knownAt: moment.describe(
      'Moment of knowledge of the answer: what was recorded up to it and had arrived here when it was asked',
    ),
    yearOver: z
      .boolean()
      .describe(
        'Whether the year was over on the day asked about, and when it was known; while it runs the assessment tells what is in so far and waits for yearEnd, nothing is short and no contribution is asked',
      )
      .meta({ example: true }),
    slips: z
      .array(
        z
          .object({
            slipId: z.uuid().describe('Identifier of the slip'),
            source: z.enum(['rsz', 'paper']).describe('How the slip came').meta({ example: 'rsz' }),
            employerNumber: z.string().describe('RSZ number of the employer').meta({ example: '123456070' }),
            amountCents: euroCents.describe('Wage on the slip in euro cents').meta({ example: 812_500 }),
            ...recorded,
          })
          .meta({ title: 'Slip', description: 'Wage of one quarter at one employer' }),
      )
      .describe('Slips of the year'),
    attests: z
      .array(
        z
          .object({
            attestId: z.uuid().describe('Identifier of the attest'),
            fundNumber: z.string().describe('Number of the social insurance fund').meta({ example: '005' }),
            status: z
              .enum(['paid', 'dispensed', 'assimilated', 'unpaid'])
              .describe('What the fund attests')
              .meta({ example: 'paid' }),
            amountCents: euroCents.describe('Contribution paid or due in euro cents').meta({ example: 90_000 }),
            ...recorded,
          })
          .meta({ title: 'Attest', description: 'What a fund attests for one quarter' }),
      )
      .describe('Attests of the year'),
    payments: z
      .array(
        z
          .object({
            contributionId: z.uuid().describe('Identifier of the contribution'),
            amountCents: euroCents.describe('Amount received in euro cents').meta({ example: 7_499 }),
            receivedOn: isoDate.describe('Day of receipt').meta({ example: '2025-03-03' }),
            ...recorded,
          })
          .meta({ title: 'PersonalContribution', description: 'A personal contribution or a complement' }),
      )
      .describe('Payments for the year'),
    incomeProof: z
      .object({
        askedOn: isoDate.describe('Day on which proof of the family income was asked').meta({ example: '2025-02-03' }),
        answerUntil: isoDate.describe('Last day on which it can be given').meta({ example: '2025-03-03' }),
        closedOn: isoDate.optional().describe('Day on which the request was closed'),
        outcome: z
          .enum(incomeOutcomes)
          .optional()
          .describe('What it came to: no proof in the term, or an income that lowers nothing')
          .meta({ example: 'notGiven' }),
      })
      .optional()
      .meta({ title: 'IncomeProof', description: 'The request for proof of the family income, when there was one' }),
    assessment,
    grounds: z
      .array(
        z
          .object({
            rule: z.string().describe('Rule that was looked at').meta({ example: 'minimum.wage' }),
            article: z.string().describe('Article the rule rests on').meta({ example: 'ZIV-besluit art. 286' }),
            satisfied: z.boolean().describe('Whether the rule holds').meta({ example: true }),
            text: z.string().describe('The reason in the language of the caller'),
            eventIds: z.array(z.uuid()).describe('Events with the facts it rests on'),
          })
          .meta({ title: 'Ground', description: 'One reason of the outcome' }),
      )
      .describe('Why the outcome is what it is'),
    repairs: z
      .array(
        z
          .object({
            rule: z.string().describe('Rule that is mended').meta({ example: 'minimum.wage' }),
            kind: z.string().describe('What can be done').meta({ example: 'payComplement' }),
            until: isoDate.optional().describe('Last day on which it can be done'),
            text: z.string().describe('What can be done, in the language of the caller'),
          })
          .meta({ title: 'Repair', description: 'A smallest change that would mend a rule' }),
      )
      .describe('What would change the outcome; while the year runs proofs of capacity and income only'),
    settlement: z
      .object({
        settledOn: isoDate.describe('Day of the settlement'),
        regime: contributionRegime,
        met: z.boolean().describe('Whether the year was met when it was settled').meta({ example: true }),
      })
      .optional()
      .meta({ title: 'Settlement', description: 'The last settlement of the year, when there was one' }),
  })
  .meta({ title: 'ReferenceYear', description: 'What a person contributed for a year, and what that comes to' })

export function referenceYearRoutes(scope: FastifyInstance, context: ApiContext): void {
  const { accessLog } = context
  withZod(scope).route({
    method: 'GET',
    url: '/persons/:personId/referenceYears/:year',
    config: {
      access: { roles: ['clerk', 'landsbondViewer', 'landsbondApprover', 'insured', 'system'], scope: 'person' },
    },
    schema: {
      operationId: 'getReferenceYear',
      summary: 'Read a reference year',
      description:
        'Contributions of a person for a year with the assessment, its grounds and its repairs, as of a day and as known at a moment. A year that runs is answered as it stands so far (yearOver: false, assessment.awaits: yearEnd): nothing is short, and no contribution is asked; a year that has not begun is refused.',
      tags: ['Reference years'],
      params: z.strictObject({ personId: personIdInput, year }),
      querystring: z.strictObject({
        asOf: dayInput().optional().describe('Day asked about; default today').meta({ example: '2025-03-03' }),
        knownAt: instantInput.optional().describe('Moment of knowledge; default now'),
      }),
      response: { 200: referenceYear },
    },
    handler: async (request) => {
      const { personId: id, year: asked } = request.params
      const person = (await loadMembers(context.database, [id])).get(id)
      assertMaySee(request.caller, seenBy(context, person))
      const knownAt = await settledKnownAt(context, request.query.knownAt)
      const logged = accessLog.record(request, id)
      const asOf = request.query.asOf ?? context.clock.today()
      if (asked > yearOf(context.clock.today())) {
        throw rejectionToProblem(contributionRejections, { code: 'yearNotBegun', params: { year: asked } })
      }
      if (!isAssessable(context.law, asked)) {
        throw rejectionToProblem(contributionRejections, { code: 'yearUnknownToLaw', params: { year: asked } })
      }
      const question = { person: await knownThen(context, person as Member, knownAt), year: asked, asOf, knownAt }
      // neither a later day than is known of nor later knowledge of a day of the year makes it over
      const yearOver = !runsOn(asked, asOf) && !runsOn(asked, dateOf(knownAt))
      const found = await readReferenceYear(context.database, context.store, context.law, question)
      await logged
      const reasons = reasonsOf(found, request.language, yearOver)
      return { personId: id, year: asked, asOf, knownAt, yearOver, ...contentOf(found), ...reasons }
    },
  })
}

/** A person who was not known yet at that moment had no capacity then; age and registration are taken as they are known now. */
async function knownThen({ database }: ApiContext, person: Member, knownAt: Instant): Promise<Member> {
  const then = (await loadMembersKnownAt(database, [person.personId], knownAt)).get(person.personId)
  return then === undefined || then.birthDate === null ? { ...person, capacities: [] } : then
}

function contentOf({ state, eventIds }: ReferenceYear) {
  const byQuarter = <T extends { readonly quarter: string }>(items: Iterable<T>): T[] =>
    [...items].sort((a, b) => (a.quarter < b.quarter ? -1 : a.quarter > b.quarter ? 1 : 0))
  const recordedOf = (key: string) => eventIds.get(key)!
  return {
    slips: byQuarter(Object.values(state.slips)).map(({ arrival: _, parts: __, ...slip }) => ({
      ...slip,
      ...recordedOf(slipKey(slip.employerNumber, slip.quarter)),
    })),
    attests: byQuarter(Object.values(state.attests)).map(({ arrival: _, part: __, ...attest }) => ({
      ...attest,
      ...recordedOf(attest.quarter),
    })),
    payments: byQuarter(Object.values(state.payments)).map(({ paymentId, ...paid }) => ({
      ...paid,
      ...recordedOf(paymentId),
    })),
    ...(state.income === null ? {} : { incomeProof: incomeOf(state.income) }),
    ...(state.settled === null
      ? {}
      : { settlement: { settledOn: state.settled.settledOn, regime: state.settled.regime, met: state.settled.met } }),
  }
}

const incomeOf = ({ askedOn, answerUntil, closed }: IncomeState) => ({ askedOn, answerUntil, ...closed })

/** A year that runs is told as far as it came: what is missing so far may still be earned or declared. */
function reasonsOf(found: ReferenceYear, language: 'nl' | 'fr' | 'de' | 'en', yearOver: boolean) {
  const decision = yearOver ? found.decision : whileItRuns(found.decision)
  return {
    assessment: decision.result,
    grounds: decision.grounds.map((ground) => ({
      rule: ground.rule,
      article: renderArticle(ground.article, language),
      satisfied: ground.satisfied,
      text: renderGround(ground, language),
      eventIds: ground.facts.flatMap((used) => (used.eventId === undefined ? [] : [used.eventId])),
    })),
    repairs: decision.repairs.map((repair) => ({
      rule: repair.rule,
      kind: repair.kind,
      ...(repair.until === undefined ? {} : { until: repair.until }),
      text: renderRepair(repair, language),
    })),
  }
}
