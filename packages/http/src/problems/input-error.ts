import { z } from 'zod'
import { patternTexts } from '../input/pattern-texts.ts'
import { inputTexts } from '../input/texts.ts'
import { type Language, languages, type Texts } from '../language.ts'
import { objectExpected } from './object-expected.ts'
import { type InputIssue, type IssueIn, type IssueType, issueTypes } from './problem-error.ts'
import { knownNamesOf, unknownInputTexts } from './unknown-input.ts'
import { valueTexts } from './value-texts.ts'

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
const locales = { nl: z.locales.nl(), fr: z.locales.fr(), de: z.locales.de(), en: z.locales.en() }

const missingTexts: Texts = {
  nl: 'ontbreekt: vul het in',
  fr: 'manque: indiquez-le',
  de: 'fehlt: geben Sie es an',
  en: 'is missing: give it',
}

/** At most this many issues are told: the rest follows once these are corrected. */
const issuesMax = 100

/** Everything that is wrong with the input, in one language. */
export function issuesOf(error: InputError, language: Language): readonly InputIssue[] {
  const place = places[error.validationContext ?? ''] ?? 'body'
  const result = z.safeDecode(error.schema as z.ZodType<unknown, unknown>, error.input as never, {
    // the message of a name that is not known is those that are: nothing else tells them
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? knownNamesOf(issue).join(' ') : locales[language].localeError(issue),
  })
  if (result.success) return []
  return result.error.issues.flatMap((issue) => issueOf(issue, place, error.input, language)).slice(0, issuesMax)
}

/**
 * What is wrong with an input that came in a file, in every language and in the sentences of the routes: the first few places, each by
 * its name. Nothing of the input is repeated, a name that the schema does not know neither.
 */
export function inputWords(schema: z.ZodType, input: unknown, placesMax = 5): Texts {
  const error = new InputError(schema, input)
  const [nl, fr, de, en] = languages.map((language) =>
    issuesOf(error, language)
      .slice(0, placesMax)
      .map(({ type, name, detail }) => {
        const text = typeof detail === 'string' ? detail : detail[language]
        return name === undefined || type === 'unknownInput' ? text : `${name}: ${text}`
      })
      .join('; '),
  )
  return { nl: nl!, fr: fr!, de: de!, en: en! }
}

function issueOf(issue: z.core.$ZodIssue, place: IssueIn, input: unknown, language: Language): readonly InputIssue[] {
  if (issue.code === 'invalid_union') {
    const nearest = nearestForm(issue.errors)
    if (nearest.some((inner) => inner.path.length > 0 || wantsObject(inner))) {
      return nearest.flatMap((inner) =>
        issueOf({ ...inner, path: [...issue.path, ...inner.path] }, place, input, language),
      )
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
        ...{ key, known, within: nameOf(issue.path) },
        position: place === 'body' ? Object.keys(holder as object).indexOf(key) + 1 : undefined,
      }),
    }))
  }
  const name = nameOf(issue.path)
  const value = place === 'body' ? undefined : harmless(valueAt(input, issue.path))
  return [
    {
      type: typeOf(issue),
      in: place,
      ...(name === '' ? {} : { name }),
      ...(value === undefined ? {} : { value }),
      detail: (textsOf(issue, input) ?? formTexts(issue) ?? valueTexts(issue))?.[language] ?? issue.message,
    },
  ]
}

const wantsObject = (issue: z.core.$ZodIssue): boolean => issue.code === 'invalid_type' && issue.expected === 'object'

/** Of input that may have one of some forms: what is wrong with the form it comes nearest to, that with the fewest wrong places. */
const nearestForm = (forms: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] =>
  forms.reduce((best, form) => (wrongPlaces(form) < wrongPlaces(best) ? form : best), forms[0] ?? [])

const wrongPlaces = (form: readonly z.core.$ZodIssue[]): number =>
  form.reduce((count, issue) => count + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)

function textsOf(issue: z.core.$ZodIssue, input: unknown): Texts | undefined {
  if (issue.code !== 'invalid_type') return ownTexts(issue)
  const value = valueAt(input, issue.path)
  if (issue.path.length > 0 && value === undefined) return missingTexts
  return issue.expected === 'object' ? objectExpected(value) : undefined
}

/** A pattern is told as what it asks for: nobody reads a regular expression. */
const formTexts = (issue: z.core.$ZodIssue): Texts | undefined =>
  issue.code === 'invalid_format' && issue.format === 'regex' ? patternTexts(issue.pattern) : undefined

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

function ownTexts(issue: z.core.$ZodIssue): Texts | undefined {
  if (issue.code !== 'custom') return undefined
  const refusedBy = issue.params?.refusedBy
  return typeof refusedBy === 'string' ? inputTexts(refusedBy) : (issue.params?.texts as Texts | undefined)
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
