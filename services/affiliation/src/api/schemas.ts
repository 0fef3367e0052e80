import { z } from 'zod'
import { capacityKinds, day, dependantKinds } from '../domain/capacities.ts'
import { evidence } from '../domain/evidence.ts'
import { erasureReasons, partnerships, relations } from '../domain/person.events.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
export const ssin = z.string().min(11).max(15).describe('INSZ: eleven digits, separators allowed')
export const ziekenfonds = z
  .string()
  .regex(/^[1-9]\d{2}$/)
  .describe('Number of the ziekenfonds, or 600 (HZIV) or 900 (HR Rail)')
export const instantInput = z.iso
  .datetime({ offset: false })
  .describe('Moment in UTC, for example 2026-03-01T12:00:00.000Z')

const address = z
  .strictObject({
    street: text(200).describe('Street'),
    houseNumber: text(20).describe('House number, with box'),
    postalCode: text(12).describe('Postal code'),
    city: text(100).describe('Municipality'),
    country: text(2).describe('Country, ISO 3166 alpha-2'),
  })
  .describe('Main residence')

export const registerBody = z.strictObject({
  ssin,
  lastName: text(200).describe('Family name'),
  firstNames: text(200).describe('First names'),
  birthDate: day.optional().describe('Date of birth; needed when the INSZ does not tell it'),
  sex: z.enum(['M', 'F', 'X']).optional().describe('Sex as registered; from the INSZ when absent'),
  address: address.optional(),
})
export const queryBody = z.strictObject({ ssin })

const proofs = z.array(evidence).max(20).describe('Proofs of the capacity, see GET /refData/evidenceKinds')
const requestedOn = day.optional().describe('Day on which the request reached the insurer; today when absent')
const capacityFields = {
  kind: z.enum(capacityKinds).describe('Capacity'),
  acquiredOn: day.describe('Day on which the quality was acquired'),
  requestedOn,
  evidence: proofs,
  repair: z
    .boolean()
    .optional()
    .describe('Registration as resident that restores a right lost for lack of contributions'),
}
export const capacityBody = z.strictObject(capacityFields)
export const affiliationBody = z.strictObject({
  ziekenfonds,
  requestedOn,
  from: day.optional().describe('First day, only when no capacity is given'),
  capacity: capacityBody.optional().describe('Capacity to insure the person in; its start rule gives the first day'),
})
export const endAffiliationBody = z.strictObject({
  to: day.describe('Last day of the affiliation'),
  reason: z.enum(['departure']).describe('Why it ends; a death has its own resource'),
})
export const endCapacityBody = z.strictObject({ to: day.describe('Last day on which the quality exists') })
export const evidenceBody = z.strictObject({ capacityId: z.uuid().describe('Capacity it proves'), evidence })
export const dependantBody = z.strictObject({
  dependantPersonId: z.uuid().describe('The person who depends on the holder'),
  kind: z.enum(dependantKinds).describe('Capacity of the dependant'),
  acquiredOn: day.describe('Day of birth, adoption, marriage or cohabitation; the insurance starts that day'),
  requestedOn,
  relation: z.enum(relations).optional().describe('For a child: how it is related; own when absent'),
  partnership: z.enum(partnerships).optional().describe('For a partner: married when absent'),
  evidence: proofs,
})
export const deathBody = z.strictObject({ diedOn: day.describe('Day of death') })
export const identifierBody = z.strictObject({
  previousSsin: ssin.describe('The number that is replaced'),
  ssin: ssin.describe('The number that replaces it'),
})
export const erasureBody = z.strictObject({ reason: z.enum(erasureReasons).describe('Why the data goes') })

export const personParams = z.strictObject({ personId: z.uuid().describe('Identifier of the person') })
export const affiliationParams = z.strictObject({ personId: z.uuid(), affiliationId: z.uuid() })
export const capacityParams = z.strictObject({ personId: z.uuid(), capacityId: z.uuid() })
export const importParams = z.strictObject({ importId: z.uuid().describe('Identifier of the import') })
export const timeQuery = z.strictObject({
  asOf: day.optional().describe('Day asked about; today when absent'),
  knownAt: instantInput.optional().describe('Moment of knowledge; now when absent'),
})

export const personView = z.object({
  personId: z.uuid().describe('Identifier of the person'),
  version: z.int().describe('Version, also in ETag'),
  asOf: z.string().describe('Day asked about'),
  birthDate: z.string().optional().describe('Date of birth'),
  sex: z.string().optional().describe('Sex as registered'),
  diedOn: z.string().optional().describe('Day of death'),
  erased: z.boolean().describe('The personal data was erased'),
  identity: z
    .object({
      ssin: z.string().describe('INSZ'),
      lastName: z.string().describe('Family name'),
      firstNames: z.string().describe('First names'),
      address: z.record(z.string(), z.string()).optional().describe('Main residence'),
    })
    .optional()
    .describe('Only for those who need it'),
  insurer: z.string().optional().describe('Insurer on the day'),
  ziekenfonds: z.string().optional().describe('Ziekenfonds on the day'),
  affiliations: z.array(z.record(z.string(), z.unknown())).describe('Affiliations, oldest first'),
  capacities: z
    .array(z.record(z.string(), z.unknown()))
    .describe('Capacities; `current` tells whether one holds on the day'),
  dependants: z.array(z.record(z.string(), z.unknown())).describe('Dependants of the person'),
})
