import { parseInsz } from '@ziv/kernel'
import type { Report } from './declaration-check.ts'
import type { Values } from './record-builder.ts'
import type { SequenceNumbers } from './sequence-numbers.ts'

/** The person whose element is open. */
export interface OpenPerson {
  insz: string | null
  sequence: number | null
  /** Worker records begun so far. */
  records: number
  checked: boolean
}

export const newPerson = (): OpenPerson => ({ insz: null, sequence: null, records: 0, checked: false })

/** Reads number and sequence of a person once all its own fields are there, and reports what is wrong with them. */
export function checkPerson(person: OpenPerson, values: Values, seen: SequenceNumbers, report: Report): void {
  person.checked = true
  const sequence = values.NaturalPersonSequenceNbr
  if (sequence !== undefined) {
    person.sequence = Number(sequence)
    const params = { element: 'NaturalPersonSequenceNbr', value: sequence }
    if (!seen.add(person.sequence)) report('DMFA-DUPLICATE', 'warning', params, '006')
  }
  if (values.INSS === undefined) return
  const parsed = parseInsz(values.INSS)
  if (parsed.ok) person.insz = parsed.value.insz
  else report('DMFA-INSZ', 'error', { element: 'INSS' }, '004')
}
