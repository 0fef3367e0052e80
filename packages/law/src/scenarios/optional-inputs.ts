import { z } from 'zod'
import type { Asked } from './mistakes.ts'

/** An input that may be left out, with what scenarios never did with it. */
export interface OptionalHole {
  /** Question and path of the input: `price.tariffs.*.patientShare`. */
  readonly input: string
  readonly never: 'set' | 'left out'
}

/**
 * Inputs of questions that may be left out and that no scenario sets, or that every scenario sets: what a rule does with the other case
 * nobody has told. `asked` are scenarios with the questions they are one of. A form that stands in several places is held as one.
 */
export function optionalHoles(asked: readonly Asked[]): readonly OptionalHole[] {
  const seen: Seen = new Map()
  const bySchema = Map.groupBy(asked, ({ scenario, questions }) => questions[scenario.question]?.situation)
  for (const [schema, all] of bySchema) {
    const situations = all.map(({ scenario }) => scenario.situation)
    if (schema !== undefined) collect(schema, situations, seen, all[0]?.scenario.question ?? '')
  }
  return [...seen].flatMap(([{ shape }, { path, objects }]) => holesOf(shape, objects, path))
}

type Fields = Readonly<Record<string, z.ZodType>>
type Given = Readonly<Record<string, unknown>>

/** The objects that came to each form, and where it stands first. */
type Seen = Map<z.ZodObject, { readonly path: string; readonly objects: Given[] }>

/** Gathers the values that come to the forms in a schema. */
function collect(schema: z.ZodType, values: readonly unknown[], seen: Seen, path: string): void {
  const inner = innerOf(schema)
  if (inner !== undefined) collect(inner, values, seen, path)
  else if (schema instanceof z.ZodUnion) {
    for (const option of schema.options as readonly z.ZodType[]) {
      const own = values.filter((value) => option.safeParse(value).success)
      collect(option, own, seen, path)
    }
  } else if (schema instanceof z.ZodArray) {
    collect(schema.element as z.ZodType, values.filter(Array.isArray).flat(), seen, path)
  } else if (schema instanceof z.ZodRecord) {
    collect(schema.valueType as z.ZodType, values.filter(isObject).flatMap(Object.values), seen, `${path}.*`)
  } else if (schema instanceof z.ZodObject) {
    const objects = values.filter(isObject)
    const known = seen.get(schema)
    if (known === undefined) seen.set(schema, { path, objects })
    else known.objects.push(...objects)
    for (const [name, field] of Object.entries(schema.shape as Fields)) {
      const given = objects.filter((value) => value[name] !== undefined)
      const told = given.map((value) => value[name])
      collect(field, told, seen, `${path}.${name}`)
    }
  }
}

/** The inputs of one form that its objects always set, or never. A form that no object came to is missed where it may stand. */
function holesOf(shape: Fields, objects: readonly Given[], path: string): OptionalHole[] {
  return Object.entries(shape).flatMap(([name, field]): OptionalHole[] => {
    if (objects.length === 0 || !field.safeParse(undefined).success) return []
    const input = `${path}.${name}`
    const given = objects.filter((value) => value[name] !== undefined).length
    if (given === 0) return [{ input, never: 'set' }]
    return given === objects.length ? [{ input, never: 'left out' }] : []
  })
}

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a schema wraps: of an optional one, one with a default, one that may be null, or one that is transformed. */
function innerOf(schema: z.ZodType): z.ZodType | undefined {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return schema.unwrap() as z.ZodType
  }
  return schema instanceof z.ZodPipe ? (schema.in as z.ZodType) : undefined
}
