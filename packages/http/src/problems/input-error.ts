import { z } from 'zod'
import type { Texts } from '../language.ts'
import { issueTexts } from './issue-texts.ts'
import { type InputIssue, type IssueIn, type IssueType, issueTypes } from './problem-error.ts'
import { knownNamesOf, unknownInputTexts } from './unknown-input.ts'

/** Input that a schema refused. The issues are worked out when the language of the client is known. */
export class InputError extends Error {
  readonly statusCode = 400
  readonly schema: z.ZodType
  readonly input: unknown
  /** Set by Fastify: body, querystring, params or headers. */
  validationContext?: string
  constructor(schema: z.ZodType, input: unknown) {
    super('input does not match the schema of the route')
    this.name = 'InputError'
    this.schema = schema
    this.input = input
  }
}

const places: Readonly<Record<string, IssueIn>> = { querystring: 'query', params: 'path', headers: 'header' }
/** At most this many issues are told: the rest follows once these are corrected. */
const issuesMax = 100

/** An issue of the input with its words. */
type Told = InputIssue & { readonly detail: Texts }

/** Everything that is wrong with the input, in every language. */
export function issuesOf(error: InputError): readonly Told[] {
  const place = places[error.validationContext ?? ''] ?? 'body'
  return refusedBy(error.schema, error.input)
    .flatMap((issue) => issueOf(issue, place, error.input))
    .slice(0, issuesMax)
}

function refusedBy(schema: z.ZodType, input: unknown): readonly z.core.$ZodIssue[] {
  const result = z.safeDecode(schema as z.ZodType<unknown, unknown>, input as never, {
    // the message of a name that is not known is those that are: nothing else tells them
    error: (issue) => (issue.code === 'unrecognized_keys' ? knownNamesOf(issue).join(' ') : ''),
  })
  return result.success ? [] : result.error.issues
}

/** What is wrong at one place of an input that came in a file. */
export interface InputFault {
  /** Path of the field; absent for the input as a whole. */
  readonly name?: string
  readonly texts: Texts
}

/**
 * What is wrong with an input that came in a file, in the sentences of the routes: the first few places, each beside its words. Nothing
 * of the input is repeated, a name that the schema does not know neither: it stands under the object that has it.
 */
export function inputFaults(schema: z.ZodType, input: unknown, placesMax = 5): readonly InputFault[] {
  return refusedBy(schema, input)
    .flatMap((issue) =>
      issueOf(issue, 'body', input).map(({ type, name, detail }) => ({
        name: type === 'unknownInput' ? nameOf(issue.path) : (name ?? ''),
        texts: detail,
      })),
    )
    .slice(0, placesMax)
    .map(({ name, texts }) => ({ ...(name === '' ? {} : { name }), texts }))
}

function issueOf(issue: z.core.$ZodIssue, place: IssueIn, input: unknown): readonly Told[] {
  if (issue.code === 'invalid_union') {
    const nearest = nearestForm(issue.errors)
    if (nearest.some((inner) => inner.path.length > 0 || wantsObject(inner))) {
      return nearest.flatMap((inner) => issueOf({ ...inner, path: [...issue.path, ...inner.path] }, place, input))
    }
  }
  if (issue.code === 'unrecognized_keys') {
    const holder = valueAt(input, issue.path)
    const known = issue.message.split(' ').filter((name) => name !== '')
    return issue.keys.map((key) => ({
      type: 'unknownInput' as const,
      in: place,
      name: nameOf([...issue.path, key]),
      detail: unknownInputTexts({
        ...{ key, known },
        position: place === 'body' ? Object.keys(holder as object).indexOf(key) + 1 : undefined,
      }),
    }))
  }
  const name = nameOf(issue.path)
  const value = valueAt(input, issue.path)
  const shown = place === 'body' ? undefined : harmless(value)
  return [
    {
      type: typeOf(issue),
      in: place,
      ...(name === '' ? {} : { name }),
      ...(shown === undefined ? {} : { value: shown }),
      detail: issueTexts(issue, value),
    },
  ]
}

const wantsObject = (issue: z.core.$ZodIssue): boolean => issue.code === 'invalid_type' && issue.expected === 'object'

/** Of input that may have one of some forms: what is wrong with the form it comes nearest to, that with the fewest wrong places. */
const nearestForm = (forms: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] =>
  forms.reduce((best, form) => (wrongPlaces(form) < wrongPlaces(best) ? form : best), forms[0] ?? [])

const wrongPlaces = (form: readonly z.core.$ZodIssue[]): number =>
  form.reduce((count, issue) => count + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)

function typeOf(issue: z.core.$ZodIssue): IssueType {
  if (issue.code === 'custom') {
    const wanted: unknown = issue.params?.issueType
    return typeof wanted === 'string' && Object.hasOwn(issueTypes, wanted) ? (wanted as IssueType) : 'invalidInput'
  }
  const numeric = issue.code === 'too_big' || issue.code === 'too_small'
  return numeric && (issue.origin === 'number' || issue.origin === 'int' || issue.origin === 'bigint')
    ? 'outOfRange'
    : 'schemaViolation'
}

/** `lines[0].units`; names come from the client, so they are cut and freed of control characters. */
function nameOf(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`
    return name === '' ? String(part) : `${name}.${String(part)}`
  }, '')
  return text
    .replace(/[^\p{L}\p{N}_.[\]$-]/gu, '?')
    .replace(/\d{9,}/g, '?')
    .slice(0, 120)
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    input,
  )
}

/** Only short codes, numbers and dates are repeated: never what could be a name or an INSZ. */
function harmless(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 20) return undefined
  const digits = value.replace(/\D/g, '').length
  return digits > 0 && digits <= 8 && /^[0-9A-Z.:+-]+$/.test(value) ? value : undefined
}

/**
 * For `refine` and `superRefine`: says what is wrong in every language, and which kind of the Belgian guide it is.
 * `z.string().refine(isInsz, refusal('invalidStructure', { nl, fr, de, en }))`
 */
export function refusal(
  issueType: IssueType,
  texts: Texts,
): { readonly error: string; readonly params: { readonly issueType: IssueType; readonly texts: Texts } } {
  return { error: texts.en, params: { issueType, texts } }
}
