import type { IsoDate } from '@ziv/kernel'
import { tenantOf } from '@ziv/members'
import type { Person } from './person.ts'

/** Whose member a person is on a day, by the rule that every other service asks; undefined for somebody nobody ever affiliated. */
export const tenantOn = ({ affiliations, withdrawnFrom }: Person, day: IsoDate) =>
  tenantOf({ affiliations: affiliations.toSorted((a, b) => (a.from < b.from ? -1 : 1)), withdrawnFrom }, day)
