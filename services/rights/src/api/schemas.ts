import { capacityKind, instant, insuredPeriod, insurerCode, isoDate, personId, ziekenfondsCode } from '@ziv/contracts'
import { dayInput, instantInput, inszInput, personIdInput, taskState } from '@ziv/http'
import { year } from '@ziv/kernel/schemas'
import { confidences } from '@ziv/law'
import { z } from 'zod'
import { notInOrderReasons } from '../domain/answer.ts'

const day = isoDate.meta({ example: '2025-03-14' })
const moment = instant.meta({ example: '2025-03-14T10:15:30.000Z' })
const person = personId.meta({ example: '0192f0c1-2d3e-7a4b-8c5d-6e7f80912a3b' })

/** The two dates of every question: the day it is about, and the day of our knowledge. */
export const twoDates = {
  asOf: dayInput().optional().describe('Day the question is about; today when absent'),
  knownAt: instantInput.optional().describe('Only what was recorded up to this moment counts; now when absent'),
}

const groundSchema = z
  .object({
    rule: z.string().describe('Rule that was applied').meta({ example: 'prolongation.contributions' }),
    article: z
      .string()
      .describe('Article the rule comes from, in the language of the answer')
      .meta({ example: 'ZIV-besluit art. 131' }),
    satisfied: z.boolean().describe('Whether the condition holds').meta({ example: true }),
    text: z
      .string()
      .describe('The ground in the language of the answer')
      .meta({ example: 'The contributions of 2023 are met.' }),
    facts: z
      .array(
        z
          .object({
            name: z.string().describe('Name of the fact').meta({ example: 'referenceYear' }),
            value: z
              .union([z.string(), z.int(), z.boolean()])
              .optional()
              .describe('Value of the fact')
              .meta({ example: 2023 }),
            eventId: z.string().optional().describe('Event that recorded the fact'),
          })
          .meta({ title: 'GroundFact', description: 'A fact that a ground looked at' }),
      )
      .describe('Facts the ground looked at'),
    parameters: z
      .array(
        z
          .object({
            name: z.string().describe('Parameter of the law').meta({ example: 'rights/reference-year-shift' }),
            from: isoDate.describe('First day on which this value is in force').meta({ example: '1996-01-01' }),
            value: z.union([z.string(), z.int()]).describe('Value that was used').meta({ example: 2 }),
            confidence: z.string().describe('How well the value is known').meta({ example: 'verified' }),
          })
          .meta({ title: 'GroundParameter', description: 'A dated value of the law that a ground used' }),
      )
      .describe('Values of the law the ground used'),
  })
  .meta({ title: 'Ground', description: 'One condition of a decision and whether it holds' })

const repairSchema = z
  .object({
    kind: z.string().describe('Kind of change').meta({ example: 'payComplement' }),
    text: z.string().describe('The change in the language of the answer').meta({ example: 'Pay EUR 812.40 for 2024.' }),
    until: isoDate.optional().describe('Last day on which it can be done').meta({ example: '2029-12-31' }),
  })
  .meta({ title: 'Repair', description: 'A smallest change that would flip the outcome' })

export const withdrawalSchema = z
  .object({
    at: moment.describe('Moment since which the decision stands no more'),
    because: z
      .array(
        z
          .object({
            eventId: z.uuid().describe('Event that was told'),
            recordedAt: moment.describe('Moment its owner recorded it'),
            text: z.string().describe('What was told, in words').meta({ example: 'the end of a capacity' }),
          })
          .meta({ title: 'WithdrawalCause', description: 'A fact that took a decision away' }),
      )
      .describe('By what it was withdrawn; empty when the renewal of a year did it'),
    replacedBy: z
      .array(
        z
          .object({
            decisionId: z.uuid().describe('Identifier of the decision'),
            outcome: z.enum(['granted', 'refused']).describe('Outcome').meta({ example: 'granted' }),
            from: day.describe('First day it is about'),
            to: day.describe('Last day it is about'),
          })
          .meta({
            title: 'ReplacingDecision',
            description: 'A decision that stands on days of one that was withdrawn',
          }),
      )
      .describe('Decisions that stand on its days now; empty when there is none'),
  })
  .meta({ title: 'Withdrawal', description: 'That a decision stands no more, by what, and what stands in its place' })

export const decisionSchema = z
  .object({
    decisionId: z.uuid().describe('Identifier of the decision'),
    personId: person,
    kind: z.enum(['opening', 'renewal', 'dependant']).describe('What was decided').meta({ example: 'renewal' }),
    outcome: z.enum(['granted', 'refused']).describe('Outcome').meta({ example: 'granted' }),
    from: day.describe('First day the decision is about'),
    to: day.describe('Last day the decision is about'),
    capacity: capacityKind.meta({ example: 'EMPLOYEE' }),
    ground: z
      .enum(['opening', 'renewal', 'dependant', 'runOut'])
      .describe('What the right rests on')
      .meta({ example: 'renewal' }),
    confidence: z
      .enum(confidences)
      .describe('Weakest confidence among the values the outcome rests on')
      .meta({ example: 'verified' }),
    grounds: z.array(groundSchema).describe('Conditions, each with its article and facts'),
    provisional: z
      .boolean()
      .optional()
      .describe('True while the year that decides the right waits for proof of the family income')
      .meta({ example: true }),
    repairs: z
      .array(repairSchema)
      .describe(
        'What would change the outcome, or end that it is provisional; empty when granted for good or withdrawn',
      ),
    withdrawn: withdrawalSchema.optional(),
  })
  .meta({ title: 'Decision', description: 'A decision on the right to care, with its grounds' })

const periodSchema = insuredPeriod.meta({
  title: 'InsuredPeriod',
  description: 'Days on which care is reimbursed',
})

export const insurabilityQuery = z
  .strictObject({
    personId: personIdInput.optional(),
    ssin: inszInput.optional().describe('INSZ or bisnummer of the person; give this or personId'),
    ...twoDates,
    period: z
      .strictObject({ from: dayInput().describe('First day'), to: dayInput().describe('Last day') })
      .optional()
      .meta({ title: 'QuestionPeriod', description: 'Ask about a period instead of one day' }),
    explain: z
      .boolean()
      .optional()
      .describe('Add the decision with its grounds and repairs, and whether it is provisional')
      .meta({ example: true }),
  })
  .meta({
    title: 'InsurabilityQuery',
    description: 'Whose insurability, on which day, with what knowledge',
    example: { ssin: '93051822361', asOf: '2025-03-14', explain: true },
  })

export const insurabilityAnswer = z
  .object({
    personId: person,
    asOf: day.optional().describe('Day the answer is about, for a question about one day'),
    knownAt: moment.describe(
      'Moment of knowledge of the answer: what was recorded up to it and had arrived here when it was asked',
    ),
    inOrder: z.boolean().describe('In order on the day, or on every day of the period').meta({ example: true }),
    insurer: insurerCode.optional().meta({ example: '300' }),
    ziekenfonds: ziekenfondsCode.optional().meta({ example: '306' }),
    reason: z.enum(notInOrderReasons).optional().describe('Why not in order').meta({ example: 'renewalRefused' }),
    reasonText: z
      .string()
      .optional()
      .describe('Why not in order and what to do next, in the language of the answer')
      .meta({ example: 'The right of that year is not decided yet: this is no refusal.' }),
    pending: z
      .array(
        z
          .object({
            capacity: capacityKind.meta({ example: 'RESIDENT' }),
            waitingFor: z
              .enum(['immigrationOffice', 'manualDecision'])
              .describe('Whose decision it waits for: the Immigration Office, or the competent official')
              .meta({ example: 'immigrationOffice' }),
            acquiredOn: day.describe('Day on which the quality was acquired, as it was asked'),
            requestedOn: day.describe('Day of the request'),
          })
          .meta({ title: 'PendingCapacity', description: 'A capacity asked for that waits for a decision of others' }),
      )
      .optional()
      .describe('What the answer waits for, with reason capacityPending'),
    holder: z
      .object({
        personId: person,
        reason: z
          .enum(notInOrderReasons)
          .describe('Why the holder is not in order')
          .meta({ example: 'renewalRefused' }),
        reasonText: z
          .string()
          .describe('Why the holder is not in order and what to do next, in the language of the answer')
          .meta({ example: 'The renewal of the right is refused for this day.' }),
        decision: decisionSchema.optional(),
      })
      .optional()
      .meta({
        title: 'HolderNotInOrder',
        description:
          'With reason holderNotInOrder: how the holder stands on the day, with the decision when explain asks for it. Left out for whoever may not see the holder as a member.',
      }),
    periods: z.array(periodSchema).describe('Days in order within the day or period asked about'),
    decision: decisionSchema.optional(),
  })
  .meta({
    title: 'Insurability',
    description: 'Whether care is reimbursed on a day or in a period, and on what that rests',
  })

export const timelineAnswer = z
  .object({
    personId: person,
    knownAt: moment.describe(
      'Moment of knowledge of the answer: what was recorded up to it and had arrived here when it was asked',
    ),
    decidedThrough: z.int().describe('Last year whose renewal is decided').meta({ example: 2025 }),
    periods: z.array(periodSchema).describe('All days in order'),
    decisions: z.array(decisionSchema).describe('The decisions they rest on, and those that refused'),
  })
  .meta({ title: 'Timeline', description: 'The right of a person over time' })

export const runSchema = z
  .object({
    runId: z.uuid().describe('Identifier of the run'),
    kind: z
      .enum(['renewal', 'warning'])
      .describe('Renewal of 1 January, or warnings of 1 December')
      .meta({ example: 'renewal' }),
    year: year.describe('Year the run is about').meta({ example: 2025 }),
    state: taskState.describe('State').meta({ example: 'done' }),
    examined: z.int().describe('Persons looked at').meta({ example: 10000 }),
    granted: z.int().describe('Renewals granted').meta({ example: 9400 }),
    refused: z.int().describe('Renewals refused').meta({ example: 600 }),
    warned: z.int().describe('Warnings sent').meta({ example: 0 }),
    failed: z.int().describe('Persons whose decision failed: they were left out').meta({ example: 0 }),
    businessDate: day.describe('Business date of the run'),
  })
  .meta({ title: 'Run', description: 'Long work over all persons' })

export const warningSchema = z
  .object({
    personId: person,
    year: year.describe('Year that would not be renewed').meta({ example: 2026 }),
    referenceYear: year.describe('Year whose contributions are missing').meta({ example: 2024 }),
    shortCents: z.int().describe('What is missing, in cents').meta({ example: 81240 }),
    payableUntil: day.describe('Last day on which it can be repaired'),
    warnedOn: day.describe('Business day of the warning'),
    dueOn: day.describe('Day by which the law wants the warning sent'),
    insurer: insurerCode.meta({ example: '300' }),
    ziekenfonds: ziekenfondsCode.meta({ example: '306' }),
  })
  .meta({ title: 'RenewalWarning', description: 'A holder who will lose the right on 1 January' })
