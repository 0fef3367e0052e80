import { slipColumns } from '@ziv/formats'
import type { DefinedFile } from '@ziv/intake'
import type { Context } from '../context.ts'
import { type PersonSlips, slipFileKind } from '../intake/slip-file.ts'
import { type SlipFileFacts, slipIntakeOf } from '../intake/types.ts'
import { originOf } from './origin.ts'
import { slipIntake } from './schemas.ts'

const access = { roles: ['rsz', 'system'], scope: 'none' } as const

/** `insz: INSZ of the worker`, with `(optional)` where it may be left out: a line has no schema of its own in the contract. */
const lineFields = slipColumns
  .map(({ name, required, meaning }) => `- ${name}${required ? '' : ' (optional)'}: ${meaning}`)
  .join('\n')

/** Files of slips: whoever sends for the RSZ reads them all. */
export function slipIntakes(context: Context): DefinedFile<SlipFileFacts, PersonSlips, typeof slipIntake> {
  const door: DefinedFile<SlipFileFacts, PersonSlips, typeof slipIntake>['door'] = {
    ...{ resource: 'slipIntakes', tag: 'Slip intakes' },
    summary: 'Send a file of slips',
    description: `The body is the file: DmfA XML, or slips one a line, as JSON Lines (one object per line) or as CSV with comma, semicolon or tab, whose first line names the columns in any order. Fields of a line, in both:\n\n${lineFields}\n\nAmounts, days and hours are whole numbers.`,
    formats: {
      'application/xml': 'dmfa',
      'text/xml': 'dmfa',
      'application/x-ndjson': 'jsonl',
      'text/csv': 'csv',
    },
    bodyLimit: context.config.fileBytesMax,
    ...{ send: access, read: access },
    headOf: (request) => ({ origin: originOf(request) }),
    scopeOf: () => ({}),
    view: slipIntake,
    toView: (file) => slipIntakeOf(file),
    task: {
      openTo: ['rsz'],
      done: `coalesce((f.counts ->> 'received')::bigint, (f.facts ->> 'refused')::bigint + (
        select coalesce(sum(c.value::bigint), 0) from jsonb_each_text(run.counts) c where c.key not like '$%'))`,
      // several records make one slip: how many is known at the end
      total: `coalesce((f.counts ->> 'received')::bigint, (f.facts ->> 'records')::bigint - (f.facts ->> 'withoutSlip')::bigint)`,
    },
  }
  return { ...slipFileKind(context), door, answers: { what: 'files of slips' } }
}
