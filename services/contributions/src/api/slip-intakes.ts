import { fileRoutes } from '@ziv/intake'
import type { FastifyInstance } from 'fastify'
import { SLIP_INTAKE } from '../intake/slip-file.ts'
import { type SlipFileFacts, slipIntakeOf } from '../intake/types.ts'
import type { ServiceContext } from '../service.ts'
import { originOf } from './origin.ts'
import { slipIntake } from './schemas.ts'

const access = { roles: ['rsz', 'system'], scope: 'none' } as const

/** Files of slips: whoever sends for the RSZ reads them all. */
export async function slipIntakeRoutes(scope: FastifyInstance, context: ServiceContext): Promise<void> {
  const { files, database, config } = context
  await fileRoutes<SlipFileFacts, typeof slipIntake>(scope, {
    ...{ files, database, api: 'contributions', resource: 'slipIntakes', kind: SLIP_INTAKE, tag: 'Slip intakes' },
    summary: 'Send a file of slips',
    description: 'The body is the file: DmfA XML, JSON Lines or CSV.',
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
