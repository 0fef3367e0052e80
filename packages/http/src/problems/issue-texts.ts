import type { z } from 'zod'
import { otherForm, patternTexts } from '../input/pattern-texts.ts'
import { inputTexts } from '../input/texts.ts'
import type { Texts } from '../language.ts'
import { objectExpected } from './object-expected.ts'
import { boundTexts, dayTexts, identifierTexts, multipleTexts, oneOf, typeTexts } from './value-texts.ts'

const missing: Texts = {
  nl: 'ontbreekt: vul het in',
  fr: 'manque: indiquez-le',
  de: 'fehlt: geben Sie es an',
  en: 'is missing: give it',
}

/** So many values are named; who has to choose from more reads them in the contract. */
const VALUES_MAX = 40

/**
 * What is wrong with a value, in every language. There are words of our own for every kind of issue: those of the validation library are
 * for programmers, and not there in every language.
 */
export function issueTexts(issue: z.core.$ZodIssue, value: unknown): Texts {
  const absent = issue.path.length > 0 && value === undefined
  switch (issue.code) {
    case 'invalid_type':
      if (absent) return missing
      return issue.expected === 'object' ? objectExpected(value) : (typeTexts(issue.expected) ?? otherForm)
    case 'invalid_value':
      return choice(issue.values, absent)
    case 'invalid_union':
      return choice(optionsOf(issue), absent)
    case 'invalid_format':
      return formatTexts(issue)
    case 'too_small': {
      const { origin, minimum, inclusive = true } = issue
      return boundTexts({ origin, limit: String(minimum), least: true, inclusive }) ?? otherForm
    }
    case 'too_big': {
      const { origin, maximum, inclusive = true } = issue
      return boundTexts({ origin, limit: String(maximum), least: false, inclusive }) ?? otherForm
    }
    case 'not_multiple_of':
      return multipleTexts(String(issue.divisor))
    case 'custom':
      return ownTexts(issue) ?? otherForm
    // a name that is not known is told by its place (see unknown-input), and no input of ours has keys or elements with a schema of theirs
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return otherForm
  }
}

/** The values by which an object says which of some forms it has; none where the forms have no such name. */
const optionsOf = (issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] =>
  'options' in issue && Array.isArray(issue.options) ? issue.options : []

function choice(values: readonly unknown[], absent: boolean): Texts {
  if (values.length === 0 || values.length > VALUES_MAX) return absent ? missing : otherForm
  return oneOf(values.map(String), absent)
}

function formatTexts(issue: Extract<z.core.$ZodIssue, { readonly code: 'invalid_format' }>): Texts {
  switch (issue.format) {
    case 'date':
      return dayTexts
    case 'datetime':
      return inputTexts('INSTANT_FORMAT')
    case 'uuid':
    case 'guid':
      return identifierTexts
    case 'regex':
      // a pattern is told as what it asks for: nobody reads a regular expression
      return patternTexts(issue.pattern)
    default:
      return otherForm
  }
}

function ownTexts(issue: z.core.$ZodIssueCustom): Texts | undefined {
  const refusedBy = issue.params?.refusedBy
  return typeof refusedBy === 'string' ? inputTexts(refusedBy) : (issue.params?.texts as Texts | undefined)
}
