import { capacityKind, euroCents, insurerCode, isoDate, ziekenfondsCode } from '@ziv/contracts'
import { idInput } from '@ziv/http'
import { month } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { totalCells } from '../domain/figures.ts'

export const insurer = insurerCode.meta({ example: '300' })
export const ziekenfonds = ziekenfondsCode.meta({ example: '306' })
const returnId = idInput('Identifier of the return').meta({ example: '0198c1a2-7f00-7000-8000-000000000001' })
export const returnState = z
  .enum(['submitted', 'accepted', 'refused'])
  .describe('Where the return stands')
  .meta({ example: 'submitted' })
export const cell = z
  .string()
  .regex(new RegExp(`^(${totalCells.join('|')}|members\\.[A-Z][A-Z0-9_]{1,39})$`))
  .describe('A figure of a return; members.EMPLOYEE is the number of members in that capacity')
  .meta({ example: 'claims' })

const count = (what: string) => z.int().describe(what).meta({ example: 1250 })
const amount = (what: string) => euroCents.describe(`${what}, in euro cents`).meta({ example: 1250000 })

const capacityCount = z
  .object({ capacity: capacityKind.meta({ example: 'EMPLOYEE' }), count: count('Members in this capacity') })
  .meta({ title: 'CapacityCount', description: 'Members in one capacity' })

const figureFields = {
  members: z.array(capacityCount).describe('Members per capacity; capacities that nobody has are left out'),
  membersWithoutCapacity: count('Members whose capacity is not known'),
  membersTotal: count('Members: those per capacity and those without'),
  insuredTotal: count('Members who are in order'),
  slips: count('Contributions recorded in the month'),
  claims: count('Claims settled in the month'),
  interventionCents: amount('Paid by the insurance in the month'),
  patientShareCents: amount('Remgeld of the month'),
  supplementCents: amount('Supplements of the month'),
}

export const figuresSchema = z
  .object(figureFields)
  .meta({ title: 'ReturnFigures', description: 'Figures of a return; members and rights on the last day of the month' })

const summary = {
  returnId,
  insurer,
  ziekenfonds,
  month,
  attempt: z.int().describe('Number of this return among those about the month').meta({ example: 1 }),
  state: returnState,
  submittedOn: isoDate.describe('Business day of submission').meta({ example: '2024-04-02' }),
  decidedOn: isoDate.optional().describe('Business day of acceptance or refusal').meta({ example: '2024-04-03' }),
  reason: z
    .string()
    .optional()
    .describe('Why it was refused, in the words of the landsbond')
    .meta({ example: 'The claims of 28 March are missing.' }),
  figures: figuresSchema,
}

export const returnSummarySchema = z
  .object({
    ...summary,
    href: z.string().describe('Address of the return').meta({ example: '/landsbond/v1/returns/1' }),
  })
  .meta({ title: 'ReturnSummary', description: 'A return without its positions' })

export const returnSchema = z
  .object({
    ...summary,
    positions: z
      .record(z.string(), z.string())
      .describe('Offset of the last event folded in, per topic and partition written as topic:partition')
      .meta({ title: 'Positions', example: { 'ziv.300.affiliation.v1:0': '1250' } }),
    href: z.string().describe('Address of the return').meta({ example: '/landsbond/v1/returns/1' }),
  })
  .meta({
    title: 'Return',
    description: 'A monthly return of a ziekenfonds, folded from events up to stated positions',
  })

export const returnRequest = z
  .strictObject({ ziekenfonds, month })
  .meta({ title: 'ReturnRequest', description: 'Which return to make; the figures are folded from the events' })

export const refusalRequest = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(3)
      .max(500)
      .describe('Why, in words the ziekenfonds can act on; no names or numbers of persons')
      .meta({ example: 'The claims of 28 March are missing.' }),
  })
  .meta({ title: 'RefusalRequest', description: 'Why a return is refused' })

export const returnParams = z.strictObject({ returnId })

const difference = z
  .object({ cell, submitted: count('As submitted'), recomputed: count('As recomputed') })
  .meta({ title: 'FigureDifference', description: 'A figure that is not the same' })

export const recomputationSchema = z
  .object({
    returnId,
    same: z.boolean().describe('True when every figure is the same again').meta({ example: true }),
    figures: figuresSchema,
    differences: z.array(difference).describe('Figures that differ; empty when all are the same'),
    lawChanged: z
      .boolean()
      .describe('True when the law now has another order of advantage for the month than the return was counted by')
      .meta({ example: false }),
    changedSince: z
      .array(difference)
      .describe(
        'Figures that are others now by what was told, or by law that was changed, after the return; a new return of the month corrects them',
      ),
  })
  .meta({ title: 'Recomputation', description: 'The figures folded again up to the positions of the return' })

export const cellEventSchema = z
  .object({
    topic: z.string().describe('Topic of the event').meta({ example: 'ziv.300.reimbursement.v1' }),
    partition: z.int().describe('Partition of the event').meta({ example: 3 }),
    offset: z.string().describe('Offset of the event').meta({ example: '1250' }),
    eventId: z.uuid().describe('Identifier of the event').meta({ example: '0198c1a2-7f00-7000-8000-000000000002' }),
    recordedAt: z.iso
      .datetime()
      .describe('When the owner of the fact recorded it')
      .meta({ example: '2024-03-28T09:15:00.000Z' }),
    amountCents: amount('What the event adds to an amount').optional(),
    personId: z
      .uuid()
      .optional()
      .describe('The person, for callers who may know; never an INSZ')
      .meta({ example: '0198c1a2-7f00-7000-8000-000000000003' }),
  })
  .meta({ title: 'CellEvent', description: 'One event behind a figure' })

const fundCountersSchema = z
  .object({
    insurer,
    ziekenfonds,
    ...figureFields,
    lastReturn: z
      .object({ returnId, month, state: returnState })
      .meta({ title: 'LastReturn', description: 'The newest return' })
      .optional(),
  })
  .meta({ title: 'ZiekenfondsCounters', description: 'One ziekenfonds now: members today, amounts of this month' })

export const overviewSchema = z
  .object({
    businessDate: isoDate.describe('Day the members are counted on').meta({ example: '2024-03-28' }),
    month,
    totals: z.object(figureFields).meta({ title: 'OverviewTotals', description: 'Sums over the ziekenfondsen listed' }),
    ziekenfondsen: z.array(fundCountersSchema).describe('The ziekenfondsen that the caller may see'),
  })
  .meta({ title: 'Overview', description: 'How the ziekenfondsen stand now' })
