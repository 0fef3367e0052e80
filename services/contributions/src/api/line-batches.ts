import type { Role } from '@ziv/http'
import { type DefinedFile, type LineFacts, lineDoor, type StagedLine } from '@ziv/intake'
import type { z } from 'zod'
import type { Context } from '../context.ts'
import { lineBatchKind, lineOutcomes } from '../intake/line-batch.ts'
import { type Recorder, recordAttests, recordPaperSlips } from '../intake/record-lines.ts'
import { recordPayments } from '../intake/record-payments.ts'
import { attest, paperSlip, payment } from './item-schemas.ts'
import { originOf } from './origin.ts'

/** A file with one contribution a line. */
export type LineBatch = DefinedFile<LineFacts, StagedLine, z.ZodObject>

interface Batch<T> {
  readonly kind: string
  readonly resource: string
  readonly title: string
  readonly what: string
  readonly roles: readonly Role[]
  readonly schema: z.ZodType<T>
  readonly record: Recorder<T>
}

const lineBatch = <T>(context: Context, { kind, schema, record, ...batch }: Batch<T>): LineBatch => ({
  ...lineBatchKind(context, { kind, schema, record }),
  answers: { aggregate: 'lineBatch', what: 'files of contributions' },
  door: lineDoor({
    ...{ resource: batch.resource, title: batch.title, tag: 'Contributions', id: 'batchId', schema },
    summary: `Record a file of ${batch.what}`,
    description:
      'Each line is recorded as by the single operation. A file of which lines were refused can be sent again: its lines then count as sent last.',
    outcomes: lineOutcomes,
    bodyLimit: context.config.fileBytesMax,
    access: { roles: batch.roles, scope: 'none' },
    headOf: (request) => ({ origin: originOf(request) }),
    scopeOf: () => ({}),
    task: batch.roles.includes('rsz') ? { openTo: ['rsz'] } : {},
  }),
})

/** Files of paper slips. */
export const slipBatches = (context: Context): LineBatch =>
  lineBatch(context, {
    ...{ kind: 'slipBatch', resource: 'slipBatches', title: 'SlipBatch', what: 'paper slips' },
    ...{ roles: ['rsz', 'system'], schema: paperSlip, record: recordPaperSlips },
  })

/** Files of attests of the social insurance funds. */
export const selfEmployedAttestBatches = (context: Context): LineBatch =>
  lineBatch(context, {
    ...{ kind: 'selfEmployedAttestBatch', resource: 'selfEmployedAttestBatches', title: 'SelfEmployedAttestBatch' },
    ...{ what: 'attests', roles: ['rsz', 'system'], schema: attest, record: recordAttests },
  })

/** Files of payments: only who keeps the bank account books by its lines. */
export const paymentBatches = (context: Context): LineBatch =>
  lineBatch(context, {
    ...{ kind: 'paymentBatch', resource: 'paymentBatches', title: 'PaymentBatch', what: 'payments' },
    ...{ roles: ['system'], schema: payment, record: recordPayments },
  })
