import { quarter, year } from '@ziv/kernel/schemas'
import { z } from 'zod'

/** Vocabulary shared by events and APIs. Every field is described: the description ends up in AsyncAPI and OpenAPI. */
export const personId = z
  .uuid()
  .describe('Identifier of the person inside ZIV; never an INSZ')
  .meta({ example: '0198c1a2-7f00-7000-8000-000000000001' })
export const isoDate = z.iso.date().describe('Calendar day, YYYY-MM-DD').meta({ example: '2026-01-15' })
export const instant = z.iso
  .datetime({ precision: 3 })
  .describe('Moment in UTC with milliseconds')
  .meta({ example: '2026-01-15T09:30:00.000Z' })
/** A calendar quarter, `2026Q1`, as text: the form of packages/kernel. */
export const yearQuarter: z.ZodType<string, string> = quarter
export const euroCents = z.int().describe('Amount in euro cents').meta({ example: 123450 })
/** Codes of the insurers of the compulsory insurance: the five landsbonden, the HZIV (600) and HR Rail (900). */
export const INSURERS = ['100', '200', '300', '400', '500', '600', '900'] as const
export const insurerCode = z
  .enum(INSURERS)
  .describe('Insurer: a landsbond (100 to 500), the HZIV (600) or the HR Rail fund (900)')
  .meta({ example: '300' })
export const ziekenfondsCode = z
  .string()
  .regex(/^[1-9]\d{2}$/)
  .describe('Number of the ziekenfonds; 600 for the HZIV and 900 for HR Rail, which have none')
  .meta({ example: '306' })
const inszIndex = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .describe('Keyed hash of the INSZ, for matching without knowing it')
  .meta({ example: 'k7Qd0bVnYw2mXc9Zr4Ht1uPe6sLf8gJa3oTi5yNvBxM' })
const sex = z.enum(['M', 'F', 'X']).describe('Sex as registered; X when unknown')

/** What the affiliation service tells of a person under the person's key, so that it goes when the key is destroyed. */
export const personalFacts = z.strictObject({
  birthDate: isoDate.optional(),
  sex: sex.optional(),
  inszIndex: inszIndex.optional(),
  previousInszIndex: inszIndex.optional(),
})
export type PersonalFacts = z.infer<typeof personalFacts>

/** What the sealed facts of an event are bound to (additional data): its own id, so that they cannot be moved to another. */
export const personalContext = (eventId: string): string => `${eventId}/personal`

/** `PersonalFacts` as JSON under the key of the person, bound to the id of the event (`personalContext`). */
export const personal = z
  .strictObject({ $sealed: z.string().describe('Version, key, nonce and ciphertext') })
  .describe(
    'Date of birth, sex and keyed hashes of the INSZ, as far as the event is about them: JSON under the key of the person. Only services of the cell open it, and nobody once the person is erased',
  )
  .meta({ example: { $sealed: 'v1:0198c1a2-7f00-7000-8000-000000000009:bm9uY2Vub25jZQ:Y2lwaGVydGV4dA' } })
export const birthYear = z
  .int()
  .describe('Year of birth; all that is left of the date of birth after an erasure')
  .meta({ example: 1980 })

export const nomenclatureCode = z
  .string()
  .regex(/^\d{6}$/)
  .describe('Nomenclature code of six digits; the sixth is the first five modulo 7')
  .meta({ example: '101032' })

export const capacityKind = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{1,39}$/)
  .describe(
    'Code of the legal capacity in which a person is insured; the list grows, a reader decides on the role. See GET /refData/capacities',
  )
  .meta({ example: 'EMPLOYEE' })
export const capacityRole = z
  .enum(['holder', 'dependant'])
  .describe('Insured by an own quality, or through the holder on whom the person depends')
  .meta({ example: 'holder' })

export const contributionRegime = z
  .enum(['wage', 'selfEmployed', 'personal', 'none', 'unknown'])
  .describe(
    'How the reference year is met: wages on slips, quarters attested by the social insurance fund, personal contributions, none when the capacities of the year ask for nothing, or unknown while no capacity of the year is known that a contribution is due for: then no amount is told, and what came in meets nothing',
  )

const confidences = ['verified', 'secondary', 'derived', 'assumed'] as const

/** State of one reference year of one person, as the contributions service sees it. */
export const assessment = z
  .object({
    referenceYear: year
      .describe('Calendar year the contributions are about; it decides the right of two years later')
      .meta({ example: 2024 }),
    regime: contributionRegime,
    totalCents: euroCents.describe(
      'What came in and counts: wages on slips and the wage that payments stand for, or contributions paid or attested',
    ),
    requiredCents: euroCents.describe('What the year asks for, whatever was paid; 0 when nothing is due'),
    met: z
      .boolean()
      .describe('The obligations of the year are met; false of a year that runs says only that they are not met yet'),
    shortCents: euroCents.describe('What is missing; 0 when met, and while the year runs'),
    payableUntil: isoDate.describe(
      'Last day on which the year can still be repaired: 31 December of the fifth year after it',
    ),
    confidence: z.enum(confidences).describe('Weakest confidence among the parameters the outcome rests on'),
    awaits: z
      .string()
      .regex(/^[a-z][A-Za-z]*$/)
      .optional()
      .describe(
        'What an open year waits for (incomeProof: proof of the family income; yearEnd: the year runs, and what is in so far is told): it is not met, and no right may be refused for it yet. Absent when the year is decided. Open list',
      )
      .meta({ example: 'incomeProof' }),
  })
  .meta({ title: 'ReferenceYearAssessment', description: 'Assessment of a reference year against its minimum' })

/** One condition of a decision and whether it holds, as compact data: the rule, its article, the facts and the figures. */
export const ground = z
  .object({
    rule: z.string().describe('Rule that was looked at').meta({ example: 'minimum.wage' }),
    article: z.string().describe('Article the rule rests on').meta({ example: 'ZIV-besluit art. 286' }),
    satisfied: z.boolean().describe('Whether the rule holds'),
    facts: z
      .array(
        z
          .object({
            name: z.string().describe('Name of the fact; those that end in Cents are amounts'),
            value: z.union([z.string(), z.number(), z.boolean(), z.null()]).describe('Its value'),
            eventId: z.uuid().optional().describe('Event that recorded it'),
          })
          .meta({ title: 'GroundFact', description: 'A fact that the rule looked at' }),
      )
      .describe('Facts the rule looked at'),
    parameters: z
      .array(
        z
          .object({
            name: z.string().describe('Name of the figure of the law'),
            key: z.string().optional().describe('Part of a table that was used'),
            from: isoDate.describe('First day on which the value is in force'),
            value: z.union([z.string(), z.number()]).describe('The value used'),
            unit: z.string().describe('Unit of the value'),
            confidence: z.enum(confidences).describe('How well it is known'),
          })
          .meta({ title: 'GroundParameter', description: 'A figure of the law that the rule used' }),
      )
      .describe('Figures of the law the rule used'),
  })
  .meta({ title: 'DecisionGround', description: 'One condition of a decision' })

/** A smallest change that would flip the outcome; of those of one rule, one is enough. */
export const repair = z
  .object({
    rule: z.string().describe('Rule that is mended').meta({ example: 'minimum.wage' }),
    kind: z.string().describe('What can be done').meta({ example: 'payComplement' }),
    params: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe(
        'Amounts, years and quarters it is about. residentYearCents is what is still to be paid for the year after a registration as resident, without proof of income',
      ),
    until: isoDate.optional().describe('Last day on which it can be done'),
  })
  .meta({ title: 'DecisionRepair', description: 'A smallest change that would flip the outcome' })

/** How a year that runs would stand on its last day; readers that decide after it need no further message for that. */
export const atYearEnd = z
  .object({
    shortCents: euroCents.describe('What would be missing'),
    awaits: z
      .string()
      .regex(/^[a-z][A-Za-z]*$/)
      .optional()
      .describe('What the year would wait for then, as in the assessment. Open list')
      .meta({ example: 'incomeProof' }),
    grounds: z.array(ground).describe('Why it would stand so'),
    repairs: z.array(repair).describe('What would meet it, from the first day after the year on'),
  })
  .meta({
    title: 'StandingAtYearEnd',
    description:
      'How the year would stand if nothing more came in until its last day. Told only of a year that runs and is not met; not an outcome, and nothing of it may be asked before the year is over',
  })
