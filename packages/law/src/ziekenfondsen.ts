import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IsoDate } from '@ziv/kernel'
import { ziekenfonds as code } from '@ziv/kernel/schemas'
import { parse } from 'yaml'
import { z } from 'zod'
import { confidences } from './types.ts'

const day = z.iso.date() as unknown as z.ZodType<IsoDate, IsoDate>
const fund = z.strictObject({
  code,
  from: day,
  to: day.optional(),
  mergedInto: code.optional(),
  nl: z.string(),
  fr: z.string(),
  city: z.string(),
})
const file = z.strictObject({
  source: z.string(),
  confidence: z.enum(confidences),
  checkedOn: day,
  code,
  kind: z.enum(['landsbond', 'public', 'railway']),
  names: z.array(z.strictObject({ from: day, nl: z.string(), fr: z.string() })).min(1),
  statutes: z
    .array(
      z.strictObject({
        from: day,
        proof: z.string().min(3),
        source: z.string(),
        confidence: z.enum(confidences),
        checkedOn: day,
      }),
    )
    .optional(),
  offices: z.array(code).optional(),
  ziekenfondsen: z.array(fund),
})
type RegisterFile = z.infer<typeof file>

/** One ziekenfonds of the register. `to` and `mergedInto` are set when it no longer exists. */
export type Ziekenfonds = z.infer<typeof fund> & { readonly insurer: string }
/** One insurer: a landsbond with its ziekenfondsen, the HZIV (600, public) or the HR Rail fund (900, railway). */
export type Insurer = Pick<RegisterFile, 'code' | 'kind' | 'names' | 'offices'>

/** The dated register of insurers and ziekenfondsen. */
export interface ZiekenfondsRegister {
  readonly insurers: readonly Insurer[]
  readonly ziekenfondsen: readonly Ziekenfonds[]
  /** Funds that exist on a day, of one insurer or of all. */
  on(date: IsoDate, insurer?: string): readonly Ziekenfonds[]
  /**
   * Insurer of a code that a member can carry on a day: a ziekenfonds of a landsbond, or 600 and 900 themselves, which have
   * no ziekenfondsen. Null when there is no such code on that day.
   */
  insurerOf(ziekenfonds: string, date: IsoDate): string | null
  /**
   * The kind of proof without which nobody becomes a member of an insurer on a day, because a staff statute and no choice makes its
   * members; null where there is none.
   */
  statuteProof(insurer: string, date: IsoDate): string | null
  /** Name of an insurer on a day; the names are dated (NVSM became Solidaris). */
  nameOf(insurer: string, date: IsoDate): { readonly nl: string; readonly fr: string } | null
}

let cached: ZiekenfondsRegister | undefined

/** Reads the register shipped with the package (`registers/ziekenfondsen/<insurer>.yaml`); throws when a file is not well formed. */
export function loadZiekenfondsen(): ZiekenfondsRegister {
  cached ??= registerOf(readFiles(join(import.meta.dirname, '..', 'registers', 'ziekenfondsen')))
  return cached
}

const readFiles = (folder: string): RegisterFile[] =>
  readdirSync(folder)
    .sort()
    .map((name) => {
      const content = file.parse(parse(readFileSync(join(folder, name), 'utf8')))
      if (name !== `${content.code}.yaml`) throw new Error(`${name} is about insurer ${content.code}`)
      return content
    })

function registerOf(files: readonly RegisterFile[]): ZiekenfondsRegister {
  const insurers = files.map(
    ({ code: own, kind, names, offices }): Insurer => ({ code: own, kind, names, ...(offices && { offices }) }),
  )
  const ziekenfondsen = files.flatMap(({ code: insurer, ziekenfondsen: own }) =>
    own.map((entry) => ({ ...entry, insurer })),
  )
  const statutes = new Map(files.map(({ code: own, statutes: dated = [] }) => [own, dated]))
  const funds = new Map(ziekenfondsen.map((entry) => [entry.code, entry]))
  if (funds.size !== ziekenfondsen.length) throw new Error('registers/ziekenfondsen lists a code twice')
  const byCode = new Map(insurers.map((entry) => [entry.code, entry]))
  const exists = (entry: Ziekenfonds, date: IsoDate) =>
    entry.from <= date && (entry.to === undefined || entry.to >= date)
  return {
    insurers,
    ziekenfondsen,
    on: (date, of) =>
      ziekenfondsen.filter((entry) => exists(entry, date) && (of === undefined || entry.insurer === of)),
    insurerOf(ziekenfonds, date) {
      const self = byCode.get(ziekenfonds)
      if (self && self.kind !== 'landsbond') return self.code
      const found = funds.get(ziekenfonds)
      return found && exists(found, date) ? found.insurer : null
    },
    statuteProof: (insurerCode, date) =>
      statutes.get(insurerCode)?.findLast((statute) => statute.from <= date)?.proof ?? null,
    nameOf(insurerCode, date) {
      const dated = byCode.get(insurerCode)?.names.filter((name) => name.from <= date)
      const last = dated?.at(-1)
      return last ? { nl: last.nl, fr: last.fr } : null
    },
  }
}
