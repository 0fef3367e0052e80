/**
 * The numbers under which a declaration names one employer: its RSZ number and its enterprise number, or one of the two. As one
 * text, that of the RSZ first, they go from the file to the slip.
 */
export interface EmployerNumbers {
  readonly employerNumber: string
  /** The second number, where a declaration names both. */
  readonly otherNumber?: string | undefined
}

/** One or two numbers of an employer as one text. */
export const joinNumbers = (numbers: readonly (string | null)[]): string => numbers.filter(Boolean).join('+')

/** The numbers of an employer from their text. */
export function splitNumbers(text: string): EmployerNumbers {
  const [employerNumber = '', otherNumber] = text.split('+')
  return otherNumber === undefined ? { employerNumber } : { employerNumber, otherNumber }
}

/** Whether two name an employer in common. */
export function sameEmployer(a: EmployerNumbers, b: EmployerNumbers): boolean {
  const names = [b.employerNumber, b.otherNumber]
  return [a.employerNumber, a.otherNumber].some((name) => name !== undefined && names.includes(name))
}
