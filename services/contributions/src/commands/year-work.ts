import type { Member } from '@ziv/members'
import type { YearFacts } from '../domain/contribution-year.decide.ts'
import type { assessorFor } from './assessor.ts'

/** What a year is decided with, and whom it is told to. */
export interface YearWork extends YearFacts {
  readonly personId: string
  readonly person: Member
  readonly assess: ReturnType<typeof assessorFor>
}

export const streamIdOf = (personId: string, year: number): string => `contributionYear-${personId}-${year}`
