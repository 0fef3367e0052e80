import { isoDate, personId, yearQuarter } from '@ziv/contracts'
import { centsInput, taskState } from '@ziv/http'
import { year as aYear, yearText } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { amountCentsMax } from '../domain/slip-rules.ts'

export { isoDate, personId, yearQuarter }

export const moment = z.iso.datetime({ precision: 3 }).describe('Moment in UTC, with milliseconds')

export const amount = (min: number) => centsInput({ min, max: amountCentsMax }).meta({ example: 812_500 })

export const year: typeof yearText = yearText.describe('Reference year').meta({ example: 2024 })

export const outcome = z
  .object({
    outcome: z
      .enum(['recorded', 'unchanged', 'waiting'])
      .describe('recorded: it changed something; unchanged: it was known; waiting: the person is not known yet')
      .meta({ example: 'recorded' }),
  })
  .meta({ title: 'ContributionOutcome', description: 'What became of one contribution' })

const count = (what: string) => z.int().describe(what).meta({ example: 1 })

export const slipIntake = z
  .object({
    intakeId: z.uuid().describe('Identifier of the intake'),
    href: z.string().describe('Address of the intake'),
    state: z
      .enum(['received', 'accepted', 'partiallyAccepted', 'refused'])
      .describe('received: read and being recorded; the others are final')
      .meta({ example: 'accepted' }),
    format: z.enum(['dmfa', 'jsonl', 'csv']).describe('Format of the file').meta({ example: 'dmfa' }),
    fileName: z.string().optional().describe('Name of the file as it was sent'),
    fileHash: z.string().describe('SHA-256 of the file in hex: the same file is the same intake'),
    sizeBytes: z.int().describe('Size of the file in bytes').meta({ example: 23161 }),
    records: count('Records read; several of one person at one employer make one slip'),
    withoutSlip: count('Good records that give no slip: student work, early retirement, indemnities'),
    received: count('Slips: recorded, unchanged, waiting and refused together; 0 until the intake is final'),
    recorded: count('Slips that changed something'),
    unchanged: count('Slips already known with the same amount'),
    waiting: count('Slips of persons who are not known yet'),
    refused: count('Records with an error'),
    receivedAt: moment.describe('When the file was received'),
    completedAt: moment.optional().describe('When the last slip was recorded'),
  })
  .meta({ title: 'SlipIntake', description: 'A file of contribution slips' })

export const settlementRun = z
  .object({
    runId: z.uuid().describe('Identifier of the run'),
    href: z.string().describe('Address of the run'),
    year: aYear.describe('Year that is settled').meta({ example: 2024 }),
    state: taskState.describe('Where the run stands').meta({ example: 'done' }),
    failed: count('Persons whose year could not be settled; they stop nobody else'),
    persons: count('Persons looked at so far'),
    settled: count('Persons whose year was settled, or settled differently'),
    unchanged: count('Persons whose year was settled before with the same outcome'),
    met: count('Persons who met the obligations of the year'),
    short: count('Persons who did not'),
    startedAt: moment.describe('When the run started'),
    completedAt: moment.optional().describe('When the run ended'),
  })
  .meta({ title: 'SettlementRun', description: 'Settlement of one year for everybody' })
