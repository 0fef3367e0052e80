import { slipColumns } from '@ziv/formats'
import { fileRoutes } from '@ziv/intake'
import type { FastifyInstance } from 'fastify'
import { SLIP_INTAKE } from '../intake/slip-file.ts'
import { type SlipFileFacts, slipIntakeOf } from '../intake/types.ts'
import type { ServiceContext } from '../service.ts'
import { originOf } from './origin.ts'
import { slipIntake } from './schemas.ts'

const access = { roles: ['rsz', 'system'], scope: 'none' } as const

/** `insz: INSZ of the worker`, with `(optional)` where it may be left out: a line has no schema of its own in the contract. */
const lineFields = slipColumns
  .map(({ name, required, meaning }) => `- ${name}${required ? '' : ' (optional)'}: ${meaning}`)
  .join('\n')

/** Files of slips: whoever sends for the RSZ reads them all. */
export async function slipIntakeRoutes(scope: FastifyInstance, context: ServiceContext): Promise<void> {
  const { files, database, config } = context
  await fileRoutes<SlipFileFacts, typeof slipIntake>(scope, {
    ...{ files, database, api: 'contributions', resource: 'slipIntakes', kind: SLIP_INTAKE, tag: 'Slip intakes' },
    summary: 'Send a file of slips',
    description: `The body is the file: DmfA XML, or slips one a line, as JSON Lines (one object per line) or as CSV with comma, semicolon or tab, whose first line names the columns in any order. Fields of a line, in both:\n\n${lineFields}\n\nAmounts, days and hours are whole numbers.`,
    formats: {
      'application/xml': 'dmfa',
      'text/xml': 'dmfa',
      'application/x-ndjson': 'jsonl',
      'text/csv': 'csv',
    },
    bodyLimit: config.fileBytesMax,
    ...{ send: access, read: access },
    headOf: (request) => ({ origin: originOf(request) }),
    scopeOf: () => ({}),
    view: slipIntake,
    toView: (file) => slipIntakeOf(file),
  })
}
