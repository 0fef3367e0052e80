import { textLine } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { day } from './capacities.ts'
import type { PersonFacts } from './person.facts.ts'
import { type Check, type Claim, proof } from './proofs.define.ts'

/** The academic years that hold a day: they run over the turn of the year, and the summer belongs to the one that ends and to the next. */
function yearsWith({ acquiredOn }: Claim, facts: PersonFacts): readonly string[] {
  const days = facts.proofRules(acquiredOn).academicYear
  const year = Number(acquiredOn.slice(0, 4))
  return [year - 1, year]
    .filter((first) => acquiredOn >= `${first}-${days.first}` && acquiredOn <= `${first + 1}-${days.last}`)
    .map((first) => `${first}-${first + 1}`)
}

function academic(academicYear: string, claim: Claim, facts: PersonFacts): Check {
  const [first, last] = academicYear.split('-').map(Number) as [number, number]
  const year = { field: 'academicYear', stated: academicYear }
  if (last !== first + 1) return { ...year, claimed: `${first}-${first + 1}` }
  const years = yearsWith(claim, facts)
  return years.includes(academicYear) ? null : { ...year, claimed: years.join(', ') }
}

const enrolmentCertificate = proof(
  'enrolmentCertificate',
  {
    nl: 'inschrijvingsbewijs van een instelling voor hoger onderwijs',
    fr: "certificat d'inscription dans l'enseignement supérieur",
    de: 'Einschreibungsbescheinigung einer Hochschule',
    en: 'certificate of enrolment in higher education',
  },
  'Enrolment in higher education',
  {
    institution: textLine().describe('Institution of higher education'),
    recognised: z.boolean().describe('The RIZIV recognises the institution'),
    academicYear: z
      .string()
      .regex(/^\d{4}-\d{4}$/)
      .describe('Academic year, for example 2025-2026')
      .meta({ example: '2025-2026' }),
    issuedOn: day.describe('Day of the certificate'),
  },
  (entry, claim, facts) => academic(entry.academicYear, claim, facts),
)

export const studyProofs = { enrolmentCertificate }
