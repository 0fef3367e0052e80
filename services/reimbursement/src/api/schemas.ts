import { euroCents, isoDate, personId } from '@ziv/contracts'
import { centsInput, dayInput } from '@ziv/http'
import { confidences } from '@ziv/law'
import { z } from 'zod'
import { statusKinds } from '../domain/status-period.ts'

export { euroCents, isoDate }

export const moment = z.iso
  .datetime({ precision: 3 })
  .describe('Moment in UTC, with milliseconds')
  .meta({ example: '2025-03-03T09:15:00.000Z' })

export const careDate = isoDate.describe('Day of the care').meta({ example: '2025-03-03' })
export const units = z.int().min(1).max(9_999).describe('Number of times').meta({ example: 1 })
export const careDateInput = dayInput().describe('Day of the care').meta({ example: '2025-03-03' })
export const asked = centsInput({ min: 0, max: 100_000_000 })
  .describe('All that is asked for the line, supplement included, in euro cents')
  .meta({ example: 2568 })
export const convention = z
  .enum(['conventioned', 'partial', 'nonConventioned'])
  .describe('Whether the provider is bound by the agreement')
  .meta({ example: 'conventioned' })

export const withinAgreement = z
  .boolean()
  .describe(
    'At a partially conventioned provider: the care fell in the times and places of the agreement; absent when that is not known',
  )
  .meta({ example: true })

const amount = (what: string) => euroCents.describe(`${what}, in euro cents`).meta({ example: 1968 })

export const ground = z
  .object({
    rule: z.string().describe('Rule that was looked at').meta({ example: 'price.tariff' }),
    article: z
      .string()
      .optional()
      .describe('Article the rule rests on; absent where the rule is one of the form of a claim')
      .meta({ example: 'ZIV-wet art. 35, 37; nomenclature' }),
    satisfied: z.boolean().describe('Whether the rule holds').meta({ example: true }),
    text: z.string().describe('The reason in the language of the caller'),
  })
  .meta({ title: 'Ground', description: 'One reason of a price or of a refusal' })

export const repair = z
  .object({
    rule: z.string().describe('Rule that is mended').meta({ example: 'price.supplement' }),
    kind: z.string().describe('What can be done; nothing: no change flips it').meta({ example: 'sendAgain' }),
    text: z.string().describe('What can be done, or that nothing can, in the language of the caller'),
  })
  .meta({ title: 'Repair', description: 'A smallest change that would mend a rule' })

const fourLanguages = z
  .object({
    nl: z.string().describe('In Dutch'),
    fr: z.string().describe('In French'),
    de: z.string().describe('In German'),
    en: z.string().describe('In English'),
  })
  .meta({ title: 'TextInFourLanguages', description: 'A text in Dutch, French, German and English' })

const lineRefusal = z
  .object({
    code: z.string().describe('Official control code: record, zone, serial').meta({ example: '500403' }),
    letter: z.string().describe('B blocks the file, F the invoice, R the line; S and E inform').meta({ example: 'R' }),
    text: fourLanguages.describe('What is wrong, on the facts of this claim, and what would change it'),
  })
  .meta({
    title: 'LineRefusal',
    description: 'A control that was not passed',
    example: {
      code: '500403',
      letter: 'R',
      text: {
        nl: 'Nomenclatuurcode 999935 bestaat niet. Kijk de nomenclatuurcode na en dien de zorg opnieuw in, als een nieuwe aanvraag.',
        fr: "Le code nomenclature 999935 n'existe pas. Vérifiez le code nomenclature et introduisez à nouveau les soins, par une nouvelle demande.",
        de: 'Den Leistungscode 999935 gibt es nicht. Prüfen Sie den Leistungscode und reichen Sie die Pflege erneut ein, als neuen Antrag.',
        en: 'Nomenclature code 999935 does not exist. Check the nomenclature code and send the care again, as a new request.',
      },
    },
  })

export const confidence = z
  .enum(confidences)
  .describe('How well the tariff on that day is known')
  .meta({ example: 'verified' })

const line = {
  number: z.int().describe('Place of the line in the claim').meta({ example: 1 }),
  nomenclature: z.string().describe('Nomenclature code').meta({ example: '101032' }),
  careDate,
  units: z.int().describe('Number of times').meta({ example: 1 }),
  outcome: z
    .enum(['accepted', 'corrected', 'refused'])
    .describe('corrected: paid, but another amount than was asked of the insurance')
    .meta({ example: 'accepted' }),
  refusals: z.array(lineRefusal).describe('Controls that were not passed'),
  askedCents: amount('What was asked in all'),
  officialFeeCents: amount('Official fee for all units'),
  interventionCents: amount('What the insurance pays'),
  patientShareCents: amount('Remgeld, the legal share of the patient'),
  supplementCents: amount('What is asked above that'),
  confidence: confidence.optional(),
  tariffFrom: isoDate.optional().describe('First day of the tariff row that was used').meta({ example: '2024-01-01' }),
  decisionId: z.string().optional().describe('Decision of the right that the care rests on'),
  rightWithdrawn: z
    .boolean()
    .optional()
    .describe(
      'True where the patient is not in order with this insurer on the day of care any more, by what is known now: the right it was paid on was taken back since. The line stays settled, and nothing here claims the money back; absent elsewhere',
    ),
}

const claimContent = {
  claimId: z.uuid().describe('Identifier of the claim'),
  href: z.string().describe('Address of the claim'),
  state: z.enum(['settled', 'refused']).describe('settled: at least one line is paid').meta({ example: 'settled' }),
  channel: z.enum(['rest', 'efact']).describe('How the claim came in').meta({ example: 'rest' }),
  personId: personId.optional(),
  insurer: z.string().optional().describe('Insurer of the patient').meta({ example: '300' }),
  ziekenfonds: z.string().optional().describe('Ziekenfonds of the patient').meta({ example: '306' }),
  providerNumber: z.string().describe('Who bills').meta({ example: '10003569004' }),
  fileId: z.uuid().optional().describe('Billing file it came in'),
  sequence: z.int().optional().describe('Place of the invoice in that file').meta({ example: 1 }),
  receivedOn: isoDate.describe('Day on which it came in').meta({ example: '2025-03-03' }),
  recordedAt: moment.describe('When it was decided'),
  refusals: z.array(lineRefusal).describe('Controls of the claim as a whole that were not passed'),
  interventionCents: amount('What the insurance pays in all'),
}

export const claimSummary = z
  .object({
    ...claimContent,
    lines: z
      .array(z.object(line).meta({ title: 'ClaimLine', description: 'A line of a claim' }))
      .describe('Lines of the claim'),
  })
  .meta({ title: 'ClaimSummary', description: 'A claim without the grounds of its prices' })

export const claim = z
  .object({
    ...claimContent,
    grounds: z.array(ground).describe('Why the claim is refused as a whole; empty when it is not'),
    repairs: z.array(repair).describe('What would change that, or that nothing does'),
    lines: z
      .array(
        z
          .object({
            ...line,
            repairs: z.array(repair).describe('What would change the refusals of the line, or that nothing does'),
            grounds: z.array(ground).describe('Why the price is what it is, or why there is none'),
          })
          .meta({ title: 'ExplainedClaimLine', description: 'A line of a claim with the grounds of its price' }),
      )
      .describe('Lines of the claim'),
  })
  .meta({ title: 'Claim', description: 'A claim and what became of it' })

const count = (what: string) => z.int().describe(what).meta({ example: 12 })

export const invoiceFile = z
  .object({
    fileId: z.uuid().describe('Identifier of the billing file'),
    href: z.string().describe('Address of the billing file'),
    state: z
      .enum(['received', 'settled', 'tested', 'refused'])
      .describe(
        'received: being settled; tested: a test file, answered and never paid; refused: as a whole, every line',
      )
      .meta({ example: 'settled' }),
    test: z.boolean().describe('Whether its sender marked it as a test').meta({ example: false }),
    answerKind: z
      .enum(['920900', '920098', '920099', '920999'])
      .optional()
      .describe('920900 settlement, 920098 result of a test, 920099 refused after controls, 920999 refused on form')
      .meta({ example: '920900' }),
    fileName: z.string().optional().describe('Name the sender gave').meta({ example: 'efact-2025-03.txt' }),
    fileHash: z.string().describe('SHA-256 of the bytes in hexadecimal; the same file is the same intake'),
    sizeBytes: z.int().describe('Size in bytes').meta({ example: 24_727 }),
    invoices: count('Patient invoices'),
    lines: count('Lines'),
    acceptedLines: count('Lines that are paid'),
    refusedLines: count('Lines that are refused'),
    errorLines: count('Lines on which something was wrong'),
    askedCents: amount('What was asked of the insurance'),
    paidCents: amount('What the insurance pays'),
    parts: z
      .array(
        z
          .object({
            destination: z.string().describe('Destination in the file').meta({ example: '306' }),
            insurer: z.string().describe('Insurer of the destination').meta({ example: '300' }),
            lines: count('Lines'),
            askedCents: amount('What was asked of the insurance'),
            acceptedLines: count('Lines that are paid'),
            refusedLines: count('Lines that are refused'),
            paidCents: amount('What the insurance pays'),
          })
          .meta({ title: 'InvoiceFilePart', description: 'The part of one destination' }),
      )
      .describe('Parts by destination'),
    receivedAt: moment.describe('When it came in'),
    completedAt: moment.optional().describe('When it was done'),
  })
  .meta({ title: 'InvoiceFile', description: 'A billing file and where it stands' })

/** What an issue of a billing file says beside what every issue says. */
export const invoiceIssueDetail = {
  invoice: z.int().describe('Invoice in the file; 0 for what stands around them').meta({ example: 3 }),
  serviceLine: z.int().optional().describe('Line of the invoice').meta({ example: 1 }),
  letter: z.string().optional().describe('B blocks the file, F the invoice, R the line').meta({ example: 'R' }),
}

export const status = z
  .object({
    statusId: z.uuid().describe('Identifier of the status'),
    kind: z.enum(statusKinds).describe('What the person has').meta({ example: 'globalMedicalFile' }),
    from: isoDate.describe('First day').meta({ example: '2025-01-01' }),
    to: isoDate.optional().describe('Last day; absent while it goes on').meta({ example: '2025-12-31' }),
  })
  .meta({ title: 'PatientStatus', description: 'A status that changes the price' })
