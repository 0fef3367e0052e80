import type { DefinedFile } from '@ziv/intake'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { TariffFileFacts } from '../intake/stage-fees.ts'
import { tariffFileKind, tariffImportOf, type WholeList } from '../intake/tariff-file.ts'
import { originOf } from './origin.ts'
import { moment } from './schemas.ts'

const access = { roles: ['system'], scope: 'none' } as const

const tariffImport = z
  .object({
    importId: z.uuid().describe('Identifier of the import'),
    href: z.string().describe('Address of the import'),
    state: z
      .enum(['received', 'accepted', 'partiallyAccepted', 'refused', 'withdrawn'])
      .describe(
        'received: read, and being compared with what is known; accepted: its rows are in force; partiallyAccepted: those of the codes without a refused row are; refused: none is; withdrawn: its work failed and none of its rows is',
      )
      .meta({ example: 'accepted' }),
    fileHash: z
      .string()
      .describe('SHA-256 of the file in hex: the same file is the same import, unless another came in between'),
    sizeBytes: z.int().describe('Size of the file in bytes').meta({ example: 23161 }),
    rowsRead: z.int().describe('Amounts read').meta({ example: 300 }),
    rowsAdded: z.int().describe('Tariff rows that are new').meta({ example: 100 }),
    rowsUnchanged: z.int().describe('Tariff rows that were known').meta({ example: 0 }),
    refused: z
      .int()
      .describe('Rows refused, see issues: those that cannot be used, and with them the amounts of the same code')
      .meta({ example: 0 }),
    receivedAt: moment.describe('When it came in'),
    completedAt: moment.optional().describe('When its rows were in force, or it was withdrawn'),
  })
  .meta({ title: 'TariffImport', description: 'An import of tariffs' })

type TariffImports = DefinedFile<TariffFileFacts, WholeList, typeof tariffImport>

/** Lists of tariffs: new rows take over from older ones on their first day. */
export function tariffImports(context: Context): TariffImports {
  const door: TariffImports['door'] = {
    ...{ resource: 'tariffImports', tag: 'Tariffs' },
    summary: 'Import tariffs',
    description:
      'The body is an export in the NomenSoft shape. New rows take over from older ones on their first day; what was known before stays. Of a code of which one row cannot be used no amount takes over.',
    formats: { 'application/xml': 'nomensoft', 'text/xml': 'nomensoft' },
    bodyLimit: context.config.fileBytesMax,
    ...{ send: access, read: access },
    headOf: (request) => ({ origin: originOf(request) }),
    scopeOf: () => ({}),
    view: tariffImport,
    toView: (file) => tariffImportOf(file),
    task: {
      total: `(f.facts ->> 'rowsRead')::bigint`,
      // a list is taken in as a whole: all of it or nothing yet
      done: `case when f.state = 'done' then (f.facts ->> 'rowsRead')::bigint else 0 end`,
    },
  }
  return { ...tariffFileKind(context), door, answers: { what: 'lists of fees' } }
}
