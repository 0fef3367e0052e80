import type { MemberImportRow } from '@ziv/affiliation'
import { type IsoDate, quarterOf } from '@ziv/kernel'
import type { SyntheticPerson } from './population/index.ts'
import { personsOf, type Story } from './story.ts'

/** Id of the import command of a person, from which the ids of affiliation and capacity derive. */
export const commandIdOf = (person: SyntheticPerson): string => `member-import/${person.rowId}`

/** Import rows of the persons who join in a period; holders always come before their dependants. */
export async function* memberRows(
  story: Story,
  period: { readonly from: IsoDate; readonly to: IsoDate },
): AsyncGenerator<MemberImportRow> {
  for (const person of personsOf(story)) {
    if (person.joinsOn < period.from || person.joinsOn > period.to) continue
    yield rowOf(person)
  }
}

function rowOf(person: SyntheticPerson): MemberImportRow {
  return {
    rowId: person.rowId,
    personId: person.personId,
    ssin: person.insz,
    lastName: person.lastName,
    firstNames: person.firstNames,
    birthDate: person.birthDate,
    sex: person.sex,
    ziekenfonds: person.ziekenfonds,
    capacity: person.capacity,
    acquiredOn: person.joinsOn,
    requestedOn: person.joinsOn,
    ...(person.holder === null ? {} : { holderPersonId: person.holder.personId }),
    ...(person.capacity === 'DEPENDANT_SPOUSE' ? { evidence: proofsOfSpouse(person) } : {}),
  }
}

/** An adult depends on a holder by an income that somebody knows, also in the records that an insurer hands over. */
const proofsOfSpouse = ({ joinsOn }: SyntheticPerson): NonNullable<MemberImportRow['evidence']> => [
  { kind: 'migratedRecord', source: 'demo' },
  {
    kind: 'incomeProof',
    quarter: quarterOf(joinsOn),
    grossCents: 0,
    source: 'declarationOnHonour',
    ownFreeRight: false,
  },
]
