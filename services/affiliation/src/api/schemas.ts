import { ziekenfondsCode } from '@ziv/contracts'
import { dayInput, idInput, instantInput, inszInput, nameInput, personIdInput, refusal } from '@ziv/http'
import { LIFETIME, year } from '@ziv/kernel/schemas'
import { loadCapacities } from '@ziv/law'
import { z } from 'zod'
import { evidence } from '../domain/evidence.ts'
import { correctionReasons, erasureReasons, partnerships, relations } from '../domain/person.events.ts'

/** Codes that a request may name: those of the law in which somebody can be registered. */
const { open } = loadCapacities()
const openCodes = open.map(({ code }) => code)
const ofDependants = open.filter(({ role }) => role === 'dependant').map(({ code }) => code)

const titleOf = (title: string) => ({ title, description: title.replace(/(?<=.)([A-Z])/g, ' $1') })
/** A strict body, and a tolerant answer, with the name it has in the contract. */
export const titled = <S extends z.ZodRawShape>(title: string, shape: S, example?: object) =>
  z.strictObject(shape).meta({ ...titleOf(title), ...(example ? { example } : {}) })
/** A body in which a day and the word that takes it back exclude each other: who sends both meant one of them. */
const eitherOr = <S extends z.ZodRawShape>(
  title: string,
  shape: S,
  [day, back]: readonly [string, string],
  example: object,
) =>
  z
    .strictObject(shape)
    .refine((body) => !(day in body) || !(back in body), {
      ...refusal('zeroOrExactlyOneOfExpected', {
        nl: 'gaat niet samen met de dag die het terugneemt: geef een van beide',
        fr: "ne va pas avec le jour qu'il annule: donnez l'un des deux",
        de: 'passt nicht zu dem Tag, den es zurücknimmt: geben Sie eines von beiden an',
        en: 'does not go with the day that it takes back: give one of the two',
      }),
      path: [back],
    })
    .meta({ ...titleOf(title), example })
export const answer = <S extends z.ZodRawShape>(title: string, shape: S) => z.object(shape).meta(titleOf(title))

export const personId = z.uuid().describe('Identifier of the person')
const day = dayInput(LIFETIME)
const ziekenfonds = ziekenfondsCode.describe('Number of the ziekenfonds, or 600 (HZIV) or 900 (HR Rail)')

const address = titled('Address', {
  street: nameInput(200).describe('Street'),
  houseNumber: nameInput(20).describe('House number, with box'),
  postalCode: nameInput(12).describe('Postal code'),
  city: nameInput(100).describe('Municipality'),
  country: nameInput(2).describe('Country, ISO 3166 alpha-2').meta({ example: 'BE' }),
}).describe('Main residence')

export const registerBody = titled('PersonRegistration', {
  ssin: inszInput,
  lastName: nameInput(200).describe('Family name'),
  firstNames: nameInput(200).describe('First names'),
  birthDate: day
    .optional()
    .describe('Date of birth; needed when the INSZ does not tell it')
    .meta({ example: '1993-05-18' }),
  sex: z.enum(['M', 'F', 'X']).optional().describe('Sex as registered; from the INSZ when absent'),
  address: address.optional(),
})
export const queryBody = titled('PersonQuery', { ssin: inszInput })

const proofs = z.array(evidence).max(20).describe('Proofs of the capacity, see GET /refData/evidenceKinds')
const requestedOn = day.optional().describe('Day on which the request reached the insurer; today when absent')
const capacityFields = {
  kind: z.enum(openCodes).describe('Capacity'),
  acquiredOn: day.describe('Day on which the quality was acquired'),
  requestedOn,
  evidence: proofs,
  repairsYear: year
    .optional()
    .describe(
      'Year short of contributions that a registration as resident mends: it counts for that year alone, beside another capacity, whenever it is asked',
    ),
}
const work = {
  ...{ kind: 'SELF_EMPLOYED', acquiredOn: '2025-01-15', requestedOn: '2025-02-03' },
  evidence: [
    {
      ...{ kind: 'socialInsuranceFundAttest', fundNumber: '0409084236', activity: 'selfEmployed' },
      issuedOn: '2025-01-15',
    },
  ],
}
export const capacityBody = titled('CapacityRequest', capacityFields, work)
export const affiliationBody = titled(
  'AffiliationRequest',
  {
    ziekenfonds,
    requestedOn,
    from: day.optional().describe('First day, only when no capacity is given'),
    capacity: capacityBody.optional().describe('Capacity to insure the person in; its start rule gives the first day'),
  },
  { ziekenfonds: '306', requestedOn: '2025-02-03', capacity: work },
)
export const endAffiliationBody = titled('AffiliationEnd', {
  to: day.describe('Last day of the affiliation'),
  reason: z.enum(['departure']).describe('Why it ends; a death has its own resource'),
})
export const endCapacityBody = titled('CapacityEnd', { to: day.describe('Last day on which the quality exists') })
export const evidenceBody = titled('EvidenceRequest', {
  capacityId: idInput('Capacity it proves'),
  evidence: evidence.describe('The proof'),
})
export const dependantBody = titled(
  'DependantRequest',
  {
    dependantPersonId: personIdInput.describe('The person who depends on the holder'),
    kind: z.enum(ofDependants).describe('Capacity of the dependant'),
    acquiredOn: day.describe(
      'Day of birth, adoption, marriage or cohabitation; the insurance starts that day, or with that of the holder when it is later, and proofs of income and household speak of its start',
    ),
    requestedOn,
    relation: z.enum(relations).optional().describe('For a child: how it is related; own when absent'),
    partnership: z.enum(partnerships).optional().describe('For a partner: married when absent'),
    evidence: proofs,
  },
  {
    ...{ dependantPersonId: '0198c1a2-7f00-7000-8000-000000000001', kind: 'DEPENDANT_CHILD', relation: 'own' },
    ...{ acquiredOn: '2025-02-10', requestedOn: '2025-02-17' },
    evidence: [{ kind: 'birthAct', issuedOn: '2025-02-12' }],
  },
)
export const deathBody = titled('Death', { diedOn: day.describe('Day of death') })
export const identifierBody = titled('IdentifierReplacement', {
  previousSsin: inszInput.describe('The number that is replaced'),
  ssin: inszInput.describe('The number that replaces it').meta({ example: '93051822559' }),
  birthDate: day
    .optional()
    .describe('Date of birth; needed when the new INSZ does not tell it')
    .meta({ example: '1993-05-18' }),
  sex: z.enum(['M', 'F', 'X']).optional().describe('Sex as registered; from the new INSZ when absent'),
})
const reason = z.enum(correctionReasons).describe('Why it is put right')
const correctedEnd = {
  to: day.optional().describe('Last day; absent leaves it'),
  runsOn: z.literal(true).optional().describe('Takes a last day back that never was; instead of `to`'),
}
export const withdrawalBody = titled('Withdrawal', { reason })
export const capacityCorrectionBody = eitherOr(
  'CapacityCorrection',
  {
    acquiredOn: day.optional().describe('Day on which the quality was acquired; absent leaves it'),
    requestedOn: day.optional().describe('Day on which the request reached the insurer; absent leaves it'),
    ...correctedEnd,
    evidence: proofs
      .optional()
      .describe(
        'Proofs of the corrected day. Those that were shown stay beside them, except one of the same kind that does not fit the corrected day: it is withdrawn. Work for another employer is an employment beside it, and its proof stays',
      ),
    reason,
  },
  ['to', 'runsOn'],
  { to: '2025-03-31', reason: 'clericalError' },
)
export const affiliationCorrectionBody = eitherOr(
  'AffiliationCorrection',
  {
    from: day.optional().describe('First day; absent leaves it'),
    ...correctedEnd,
    reason,
  },
  ['to', 'runsOn'],
  { to: '2025-03-31', reason: 'clericalError' },
)
export const evidenceCorrectionBody = titled('EvidenceCorrection', {
  evidence: evidence.optional().describe('The proof as it should have been; absent when it is withdrawn'),
  reason,
})
export const personCorrectionBody = eitherOr(
  'PersonCorrection',
  {
    birthDate: day
      .optional()
      .describe(
        'Date of birth, where the INSZ does not tell it whole; one that it contradicts is refused; absent leaves it',
      ),
    sex: z
      .enum(['M', 'F', 'X'])
      .optional()
      .describe('Sex as registered; one that the INSZ contradicts is refused; absent leaves it'),
    diedOn: day.optional().describe('Day of death; absent leaves it'),
    lives: z.literal(true).optional().describe('Takes a death back that never was; instead of `diedOn`'),
    reason,
  },
  ['diedOn', 'lives'],
  // no number contradicts it
  { sex: 'X', reason: 'registerCorrected' },
)
export const erasureBody = titled('Erasure', { reason: z.enum(erasureReasons).describe('Why the data goes') })

export const personParams = z.strictObject({ personId: personIdInput })
export const affiliationParams = z.strictObject({
  personId: personIdInput,
  affiliationId: idInput('Identifier of the affiliation'),
})
export const capacityParams = z.strictObject({
  personId: personIdInput,
  capacityId: idInput('Identifier of the capacity'),
})
export const evidenceParams = z.strictObject({
  personId: personIdInput,
  evidenceId: idInput('Identifier of the proof'),
})
export const timeQuery = z.strictObject({
  asOf: day.optional().describe('Day asked about; today when absent'),
  knownAt: instantInput.optional().describe('Moment of knowledge; now when absent'),
})

const current = z.boolean().describe('Holds on the day asked about')
const firstDay = z.iso.date().optional().describe('First day; absent while nothing is decided')
const lastDay = z.iso.date().optional().describe('Last day; absent while it is open')

const affiliationView = answer('Affiliation', {
  affiliationId: z.uuid().describe('Identifier of the affiliation'),
  insurer: z.string().describe('Insurer'),
  ziekenfonds: z.string().describe('Ziekenfonds, or the insurer that has none'),
  from: z.iso.date().describe('First day'),
  to: lastDay,
  reason: z.enum(['death', 'transfer', 'departure']).optional().describe('Why it ended'),
})

const capacityView = answer('Capacity', {
  capacityId: z.uuid().describe('Identifier of the capacity'),
  affiliationId: z.uuid().describe('Affiliation it belongs to'),
  capacity: z.enum(openCodes).describe('Capacity'),
  state: z
    .enum(['pending', 'acquired', 'refused', 'displaced'])
    .describe('What was decided; displaced when another capacity leaves it no day'),
  waitingFor: z.enum(['immigrationOffice', 'manualDecision']).optional().describe('Whose decision it waits for'),
  acquiredOn: z.iso.date().describe('Day on which the quality was acquired'),
  requestedOn: z.iso.date().describe('Day of the request'),
  from: firstDay,
  to: lastDay,
  holderPersonId: z.uuid().optional().describe('For a dependant: the holder'),
  evidence: z
    .array(
      answer('CapacityEvidence', {
        evidenceId: z.uuid().describe('Identifier of the proof'),
        kind: z.string().describe('Kind of evidence'),
      }),
    )
    .describe('Proofs that were shown'),
  current,
})

const dependantView = answer('Dependant', {
  personId: z.uuid().describe('Identifier of the dependant'),
  capacityId: z.uuid().describe('Identifier of the capacity'),
  capacity: z.enum(ofDependants).describe('Capacity of the dependant'),
  partnership: z.enum(partnerships).optional().describe('For a partner'),
  from: z.iso.date().describe('First day'),
  to: lastDay,
  current,
})

export const identityFields = {
  ssin: z.string().describe('INSZ'),
  lastName: z.string().describe('Family name'),
  firstNames: z.string().describe('First names'),
}

export const personView = answer('Person', {
  personId: z.uuid().describe('Identifier of the person'),
  version: z.int().describe('Version, also in ETag'),
  asOf: z.iso.date().describe('Day asked about'),
  birthDate: z.iso.date().optional().describe('Date of birth'),
  sex: z.string().optional().describe('Sex as registered'),
  diedOn: z.iso.date().optional().describe('Day of death'),
  erased: z.boolean().describe('The personal data was erased'),
  identity: answer('Identity', {
    ...identityFields,
    address: address.optional(),
  })
    .optional()
    .describe('Only for those who need it'),
  insurer: z.string().optional().describe('Insurer on the day'),
  ziekenfonds: z.string().optional().describe('Ziekenfonds on the day'),
  affiliations: z.array(affiliationView).describe('Affiliations, oldest first'),
  capacities: z.array(capacityView).describe('Capacities, oldest first'),
  dependants: z.array(dependantView).describe('Dependants of the person'),
})
