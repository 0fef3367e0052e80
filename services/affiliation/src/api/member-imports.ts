import { assertMayAct, assertMaySee } from '@ziv/http'
import { type DefinedFile, type LineFacts, lineDoor, type StagedLine } from '@ziv/intake'
import type { z } from 'zod'
import type { Context } from '../context.ts'
import { memberImportRow } from '../intake/import-row.ts'
import { memberFileKind } from '../intake/member-file.ts'

/** Files of members: one person per line, of the own ziekenfonds or by the operator. */
export function memberImports(context: Context): DefinedFile<LineFacts, StagedLine, z.ZodObject> {
  const door = lineDoor({
    ...{ resource: 'memberImports', tag: 'Imports', title: 'MemberImport', id: 'importId', schema: memberImportRow },
    summary: 'Import members in bulk',
    description:
      'A row is known by its sender and its rowId: the ziekenfonds of the caller, or the operator, who sends for all. One that the same sender imported before changes nothing, and is refused when it says something else, so a file of which rows were refused can be sent again; the rowId of another sender is another row, and its person is refused when the INSZ is known already.',
    outcomes: {
      imported: 'Persons registered and insured',
      repeated: 'Lines that had been imported before',
    },
    access: { roles: ['clerk', 'system'], scope: 'ziekenfonds' },
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
    task: {
      // a landsbond follows the imports of its ziekenfondsen; the import itself, with its lines, is theirs
      roles: ['clerk', 'landsbondViewer', 'landsbondApprover', 'system'],
      seen: `(caller.insurer is null or f.insurer = caller.insurer)
        and (caller.ziekenfonds is null or f.ziekenfonds = caller.ziekenfonds)`,
    },
  })
  return { ...memberFileKind(context), door, answers: { what: 'files of members' } }
}
