import { assertMayAct, assertMaySee } from '@ziv/http'
import { fileRoutes } from '@ziv/intake'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { memberImportRow } from '../intake/import-row.ts'
import { MEMBER_IMPORT } from '../intake/member-file.ts'
import type { MemberFileFacts } from '../intake/stage-members.ts'
import type { Api } from './routes.ts'
import { answer } from './schemas.ts'

const bodyBytesMax = 2 * 1024 ** 3

const access = { roles: ['clerk', 'system'], scope: 'ziekenfonds' } as const

const memberImport = answer('MemberImport', {
  importId: z.uuid().describe('Identifier of the import'),
  href: z.string().describe('Address of the import'),
  state: z
    .enum(['received', 'accepted', 'partiallyAccepted', 'refused'])
    .describe('received: read and being worked through; the others are final'),
  fileHash: z.string().describe('SHA-256 of the file in hex'),
  lines: z.int().describe('Lines received'),
  handled: z.int().describe('Lines worked through'),
  imported: z.int().describe('Persons registered and insured'),
  repeated: z.int().describe('Lines that had been imported before'),
  refused: z.int().describe('Lines refused, see issues'),
  receivedAt: z.string().describe('When it was taken in'),
  completedAt: z.string().optional().describe('When the last line was worked through'),
})

/** `lastName: Family name`, with `(optional)` where it may be left out: a line has no schema of its own in the contract. */
const lineFields = Object.entries(memberImportRow.shape)
  .map(([name, field]) => `- ${name}${field.safeParse(undefined).success ? ' (optional)' : ''}: ${field.description}`)
  .join('\n')

/** Files of members: one person per line, of the own ziekenfonds or by the operator. */
export async function memberImportRoutes(app: FastifyInstance, { files, context: { database } }: Api): Promise<void> {
  await fileRoutes<MemberFileFacts, typeof memberImport>(app, {
    ...{ files, database, api: 'affiliation', resource: 'memberImports', kind: MEMBER_IMPORT, tag: 'Imports' },
    summary: 'Import members in bulk',
    description: `One JSON object per line, in UTF-8: one byte that is not refuses the file. A row that was imported before changes nothing, and a file of which rows were refused can be sent again. Fields of a line:\n\n${lineFields}\n\nThere is no heading line.`,
    formats: { 'application/x-ndjson': 'jsonl', 'application/jsonl': 'jsonl' },
    bodyLimit: bodyBytesMax,
    ...{ send: access, read: access },
    headOf: ({ caller, trace }) => {
      const { insurer, ziekenfonds, subject: actor } = caller
      assertMayAct(caller, { insurer, ziekenfonds })
      const origin = { actor, correlationId: trace.id }
      // the operator sends for every ziekenfonds
      if (caller.roles.includes('system') || ziekenfonds === undefined) return { origin }
      return { origin, insurer, ziekenfonds, sender: ziekenfonds }
    },
    scopeOf: (caller, file) => {
      assertMaySee(caller, file && { insurer: file.insurer ?? undefined, ziekenfonds: file.ziekenfonds ?? undefined })
      return {}
    },
    view: memberImport,
    toView: ({ outcome, fileHash, facts: { lines }, counts, receivedAt, completedAt }) => {
      const { imported = 0, repeated = 0, refused = 0 } = counts
      return {
        ...{ state: outcome ?? 'received', fileHash, lines, handled: imported + repeated + refused },
        ...{ imported, repeated, refused, receivedAt },
        ...(completedAt === null ? {} : { completedAt }),
      }
    },
  })
}
