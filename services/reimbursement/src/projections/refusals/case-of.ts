import type { IsoDate, Words } from '@ziv/kernel'
import type { AssessedLine } from '../../domain/claim-input.ts'
import { type ControlCode, type ControlLetter, controls, letterOf } from '../../domain/control-codes.ts'
import { amountCases } from './amount-cases.ts'
import { type Case, type Facts, inLanguages, withFacts } from './case.ts'
import { claimCases, nobodysMember } from './claim-cases.ts'
import { caseOfForm } from './form-cases.ts'
import { lineCases } from './line-cases.ts'
import { caseOfStanding } from './standing-cases.ts'

/** What a code is about: a line, or the claim as a whole. */
export interface CaseFacts {
  /** Day on which the claim came in. */
  readonly receivedOn: IsoDate
  /** Somebody has the patient as a member on a day of the care. */
  readonly member: boolean
  /** Absent for what concerns the claim as a whole. */
  readonly line?: AssessedLine
}

/** A refusal told to people: in REST, and in the list of a file. */
export interface Told {
  readonly code: string
  readonly letter: ControlLetter
  readonly rule: string
  readonly article?: string
  readonly kind: Case['kind']
  /** What was found, on the facts of this claim. */
  readonly says: Words
  /** What would change the answer, or that nothing does. */
  readonly flip: Words
}

const byCode: Readonly<Partial<Record<ControlCode, Case>>> = { ...claimCases, ...lineCases, ...amountCases }

/** What a code says of a claim or a line, why, and what would change it. Throws for a code that nobody put into words. */
export function tellCode(code: string, facts: CaseFacts): Told {
  const { letter, found, also } = caseOf(code, facts)
  const { rule, article, kind, says, flip } = found
  const known: Facts = { ...factsOf(facts), ...also }
  return {
    ...{ code, letter, rule, kind },
    ...(article === undefined ? {} : { article }),
    says: withFacts(says, known),
    flip: withFacts(flip, known),
  }
}

interface Found {
  readonly letter: ControlLetter
  readonly found: Case
  readonly also?: Facts
}

function caseOf(code: string, { member, line }: CaseFacts): Found {
  if (!(code in controls)) {
    const form = caseOfForm(code)
    if (form === undefined) throw new RangeError(`Control code ${code} has no words`)
    return { letter: form.letter, found: form, also: { zone: form.zone } }
  }
  const letter = letterOf(code as ControlCode)
  if (code === '500540' || code === '500549') {
    if (line?.standing === undefined) throw new RangeError(`Control code ${code} says no reason`)
    return { letter, ...caseOfStanding(line.standing) }
  }
  if (code === '200742' && !member) return { letter, found: nobodysMember }
  const found = byCode[code as ControlCode]
  if (found === undefined) throw new RangeError(`Control code ${code} has no words`)
  return { letter, found }
}

const factsOf = ({ receivedOn, line }: CaseFacts): Facts => {
  if (line === undefined) return { receivedOn }
  const { nomenclature, careDate, units, providerNumber, askedCents, billed } = line
  return { receivedOn, nomenclature, careDate, units, providerNumber, askedCents, ...billed }
}

/** The whole of it in one text: what was found, then what would change it. */
export const textOf = ({ says, flip }: Told): Words => inLanguages((language) => `${says[language]} ${flip[language]}`)
