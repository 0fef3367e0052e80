/** Capacities in the order of the contract. In facts and counts a capacity is its place here counted from 1; 0 is none. */
export const capacities = [
  'EMPLOYEE',
  'SELF_EMPLOYED',
  'STUDENT',
  'RESIDENT',
  'DEPENDANT_CHILD',
  'DEPENDANT_SPOUSE',
] as const
export type Capacity = (typeof capacities)[number]

/** Number of a capacity; 0 for a name that is not known, which counts as a member without capacity. */
export const capacityNumber = (capacity: string): number => capacities.indexOf(capacity as Capacity) + 1

/** Name of a capacity number, null for none. */
export const capacityName = (number: number): Capacity | null => capacities[number - 1] ?? null
