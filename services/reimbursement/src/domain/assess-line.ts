import { addCents, ageOn, cents, rizivCore, subtractCents } from '@ziv/kernel'
import type { LinePrice, LineSituation, SplitDeviation } from '@ziv/law'
import type { Member, Membership } from '@ziv/members'
import type { ClaimFacts } from './assess-claim.ts'
import type { AssessedLine, ClaimInput, LineInput } from './claim-input.ts'
import { type ControlCode, letterOf } from './control-codes.ts'
import { type InsuredPeriod, insuredOn } from './insurability.ts'
import { type Standing, standingOn } from './standing.ts'
import { hasStatus } from './status-period.ts'

/** A claim whose patient and insurer are right, with what is known around it. */
export interface ClaimOfMember {
  readonly facts: ClaimFacts
  readonly person: Member
  readonly membership: Membership
  readonly claim: ClaimInput
  /** Services of this claim so far. */
  readonly seen: Set<string>
}

const none = cents(0)

/** What an answer repeats of a line, whatever became of it. */
const asAsked = ({ number, nomenclature, careDate, units, providerNumber, variant, askedCents }: LineInput) => ({
  number,
  nomenclature,
  careDate,
  units,
  providerNumber,
  variant,
  askedCents,
})

/** A line that is not paid, with what was found on it. */
export function refusedLine(
  line: LineInput,
  codes: readonly string[],
  why: Pick<AssessedLine, 'standing' | 'billed'> = {},
): AssessedLine {
  return {
    ...asAsked(line),
    outcome: 'refused',
    codes,
    officialFeeCents: none,
    interventionCents: none,
    patientShareCents: none,
    supplementCents: none,
    ...why,
  }
}

/** The same service of a patient: provider, code, day and variant. */
export const serviceKey = (line: Pick<LineInput, 'providerNumber' | 'nomenclature' | 'careDate' | 'variant'>): string =>
  `${rizivCore(line.providerNumber)}/${line.nomenclature}/${line.careDate}/${line.variant}`

/** Controls one line of a claim whose patient and insurer are right, and prices it. */
export function assessLine(line: LineInput, whole: ClaimOfMember): AssessedLine {
  const codes: string[] = line.formCodes === undefined ? [] : [...line.formCodes]
  const add = (code: ControlCode): void => {
    if (line.formCodes?.includes(code) !== true) codes.push(code)
  }
  const inOrder = insuredOn(whole.facts.periods ?? [], line.careDate)
  controlForm(line, whole, add)
  const standing = controlEntitlement(line, whole, add)
  controlDuplicate(line, whole, add)
  if (codes.length === 0 && inOrder !== undefined) return priced(line, whole, inOrder)
  return refusedLine(line, codes, standing === undefined ? {} : { standing })
}

type Add = (code: ControlCode) => void

function controlForm(line: LineInput, { facts }: ClaimOfMember, add: Add): void {
  if (!facts.rules.isCode(line.nomenclature)) add('500402')
  if (line.units < 1) add('502203')
  if (!facts.rules.isProvider(line.providerNumber)) add('501502')
  const { split } = line
  const least = split && Math.min(split.insuranceCents, split.patientCents, split.supplementCents)
  if (line.askedCents < 0 || (least !== undefined && least < 0)) add('501903')
}

function controlEntitlement(
  { careDate }: LineInput,
  { facts, person, membership, claim }: ClaimOfMember,
  add: Add,
): Standing | undefined {
  if (careDate > facts.today) {
    add('500510')
    return undefined
  }
  if (!claim.timeBarLifted && facts.rules.isLate(careDate)) add('500546')
  const standing = standingOn(careDate, { person, membership, periods: facts.periods })
  if (standing !== undefined) add(standing.reason === 'deceased' ? '500549' : '500540')
  return standing
}

function controlDuplicate(line: LineInput, { facts, seen }: ClaimOfMember, add: Add): void {
  const key = serviceKey(line)
  const duplicate = seen.has(key) ? 'repeated' : facts.duplicate(key)
  seen.add(key)
  if (duplicate !== undefined) add(duplicate === 'paid' ? '500544' : '500423')
}

/** What the price rule needs to know of the line; also used to explain the price later. */
function situationOf(line: LineInput, { facts, person }: ClaimOfMember): LineSituation {
  const { careDate, convention, units, askedCents, referral } = line
  const { birthDate } = person
  return {
    careDate,
    ...(birthDate === null ? {} : { birthDate }),
    preferential: hasStatus(facts.statuses, 'increasedIntervention', careDate),
    gmd: hasStatus(facts.statuses, 'globalMedicalFile', careDate),
    chronic: hasStatus(facts.statuses, 'chronicIllness', careDate),
    referral,
    convention,
    ...agreementTime(line),
    units,
    askedCents,
  }
}

/** Where it was told: whether a partially conventioned provider was bound. */
const agreementTime = ({ withinAgreement }: Pick<LineInput, 'withinAgreement'>) =>
  withinAgreement === undefined ? {} : { withinAgreement }

function priced(line: LineInput, whole: ClaimOfMember, inOrder: InsuredPeriod): AssessedLine {
  const { facts } = whole
  const tariff = facts.tariff(line.nomenclature, line.careDate)
  if (tariff === undefined) return refusedLine(line, [facts.codeExists(line.nomenclature) ? '500420' : '500403'])
  const situation = situationOf(line, whole)
  const decision = facts.rules.price(tariff.row, situation)
  if (decision.outcome === 'refused') return refusedLine(line, ['500420'])
  const price = decision.result
  const compared = facts.rules.compare({ careDate: line.careDate, split: line.split, price })
  const { paidCents, deviations } = compared.result
  const codes = deviations.map((deviation) => controlOf[deviation])
  const billed = billedOf(line, price, deviations)
  if (compared.outcome === 'refused') return refusedLine(line, codes, billed)
  return {
    ...asAsked(line),
    ...billed,
    outcome: codes.some((code) => letterOf(code) === 'R') ? 'corrected' : 'accepted',
    codes,
    officialFeeCents: price.officialFeeCents,
    interventionCents: paidCents,
    patientShareCents: price.patientShareCents,
    supplementCents: subtractCents(line.askedCents, addCents(paidCents, price.patientShareCents)),
    basis: {
      tariffFrom: tariff.row.from,
      tariffsThrough: facts.tariffsThrough,
      ...(whole.person.birthDate === null ? {} : { age: ageOn(whole.person.birthDate, line.careDate) }),
      confidence: decision.confidence,
      preferential: situation.preferential,
      gmd: situation.gmd,
      chronic: situation.chronic,
      convention: situation.convention,
      ...agreementTime(line),
      referral: line.referral,
      decisionId: inOrder.decisionId,
    },
  }
}

/** How a split was billed that is not that of the tariff, and the tariff. */
function billedOf(
  { split }: LineInput,
  { interventionCents, patientShareCents }: LinePrice,
  deviations: readonly SplitDeviation[],
): Pick<AssessedLine, 'billed'> {
  if (split === undefined || deviations.every((deviation) => deviation === 'supplementNotAllowed')) return {}
  const { insuranceCents, patientCents } = split
  return {
    billed: {
      ...{ insuranceCents, patientCents },
      ...{ officialInterventionCents: interventionCents, officialShareCents: patientShareCents },
    },
  }
}

/** The control that tells where the split of a provider is not that of the tariff. */
const controlOf: Readonly<Record<SplitDeviation, ControlCode>> = {
  insuranceDiffers: '501940',
  patientTooHigh: '502742',
  patientTooLow: '502740',
  supplementNotAllowed: '503042',
}
