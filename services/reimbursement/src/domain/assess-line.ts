import { addCents, type Cents, cents, parseNomenclatureCode, parseRizivNumber, subtractCents } from '@ziv/kernel'
import { type LinePrice, type LineSituation, priceLine, timeBar } from '@ziv/law'
import type { ClaimFacts } from './assess-claim.ts'
import type { AssessedLine, ClaimInput, LineInput } from './claim-input.ts'
import { type ControlCode, letterOf } from './control-codes.ts'
import { insuredOn } from './insurability.ts'
import { type Membership, membershipOn, type Person } from './person.ts'
import { hasStatus } from './status-period.ts'

export interface LineFacts extends ClaimFacts {
  readonly person: Person
  readonly membership: Membership
  readonly claim: ClaimInput
  /** Services of this claim so far. */
  readonly seen: Set<string>
}

const none = cents(0)
const noSplit = { insuranceCents: none, patientCents: none, supplementCents: none }

/** A line that is not paid, with what was found on it. */
export function refusedLine(line: LineInput, codes: readonly string[]): AssessedLine {
  return {
    ...identityOf(line),
    outcome: 'refused',
    codes,
    officialFeeCents: none,
    interventionCents: none,
    patientShareCents: none,
    supplementCents: none,
  }
}

function identityOf(line: LineInput) {
  const { number, nomenclature, careDate, units, providerNumber, variant, askedCents } = line
  return { number, nomenclature, careDate, units, providerNumber, variant, askedCents }
}

/** The same service: provider, code, day and variant. */
const serviceKey = (line: Pick<LineInput, 'providerNumber' | 'nomenclature' | 'careDate' | 'variant'>): string =>
  `${line.providerNumber}/${line.nomenclature}/${line.careDate}/${line.variant}`

/** Controls one line of a claim whose patient and insurer are right, and prices it. */
export function assessLine(line: LineInput, facts: LineFacts): AssessedLine {
  const found = [...formControls(line), ...entitlementControls(line, facts), ...duplicateControls(line, facts)]
  const form = line.formCodes ?? []
  const codes = [...form, ...found.filter((code) => !form.includes(code))]
  facts.seen.add(serviceKey(line))
  return codes.length > 0 ? refusedLine(line, codes) : priced(line, facts)
}

function formControls(line: LineInput): ControlCode[] {
  const codes: ControlCode[] = []
  if (!parseNomenclatureCode(line.nomenclature).ok) codes.push('500402')
  if (line.units < 1) codes.push('502203')
  if (!parseRizivNumber(line.providerNumber).ok) codes.push('501502')
  const { insuranceCents, patientCents, supplementCents } = line.split ?? noSplit
  if (Math.min(line.askedCents, insuranceCents, patientCents, supplementCents) < 0) codes.push('501903')
  return codes
}

function entitlementControls(line: LineInput, facts: LineFacts): ControlCode[] {
  const { careDate } = line
  const { person, membership, today, law, claim } = facts
  if (careDate > today) return ['500510']
  const codes: ControlCode[] = []
  const late = !claim.timeBarLifted && timeBar({ careDate, receivedOn: today }, law).outcome === 'refused'
  if (late) codes.push('500546')
  if (person.diedOn !== null && careDate > person.diedOn) return [...codes, '500549']
  const there = membershipOn(person, careDate)
  const inOrder = insuredOn(facts.periods, careDate)
  if (there?.insurer !== membership.insurer || inOrder === undefined) codes.push('500540')
  return codes
}

function duplicateControls(line: LineInput, facts: LineFacts): ControlCode[] {
  if (facts.seen.has(serviceKey(line))) return ['500423']
  const duplicate = facts.duplicate(line)
  if (duplicate === undefined) return []
  return [duplicate === 'paid' ? '500544' : '500423']
}

/** What the price rule needs to know of the line; also used to explain the price later. */
function situationOf(line: LineInput, facts: Pick<LineFacts, 'person' | 'statuses'>): LineSituation {
  const { careDate, convention, units, askedCents, referral } = line
  const { birthDate } = facts.person
  return {
    careDate,
    ...(birthDate === null ? {} : { birthDate }),
    preferential: hasStatus(facts.statuses, 'increasedIntervention', careDate),
    gmd: hasStatus(facts.statuses, 'globalMedicalFile', careDate),
    referral,
    convention,
    units,
    askedCents,
  }
}

function priced(line: LineInput, facts: LineFacts): AssessedLine {
  const tariff = facts.tariff(line.nomenclature, line.careDate)
  if (tariff === undefined) return refusedLine(line, [facts.codeExists(line.nomenclature) ? '500420' : '500403'])
  const situation = situationOf(line, facts)
  const decision = priceLine(tariff.row, situation, facts.law)
  if (decision.outcome === 'refused') return refusedLine(line, ['500420'])
  const price = decision.result
  const { paidCents, codes } = compare(line, price)
  const refused = codes.includes('502742')
  if (refused) return refusedLine(line, codes)
  const { preferential, gmd, convention, referral } = situation
  return {
    ...identityOf(line),
    outcome: codes.some((code) => letterOf(code) === 'R') ? 'corrected' : 'accepted',
    codes,
    officialFeeCents: price.officialFeeCents,
    interventionCents: paidCents,
    patientShareCents: price.patientShareCents,
    supplementCents: subtractCents(line.askedCents, addCents(paidCents, price.patientShareCents)),
    basis: {
      tariffFrom: tariff.row.from,
      confidence: decision.confidence,
      preferential,
      gmd,
      convention,
      referral: referral ?? false,
      decisionId: insuredOn(facts.periods, line.careDate)!.decisionId,
    },
  }
}

/**
 * Compares the provider's split with the official one. Too much asked of the insurance: the official amount is paid. Too
 * much asked of the patient: the line is refused, the provider bills it again. Less than the official amount is asked of
 * the insurance: not more than that is paid.
 */
function compare(line: LineInput, price: LinePrice): { paidCents: Cents; codes: ControlCode[] } {
  const codes: ControlCode[] = []
  const { split } = line
  let paidCents = price.interventionCents
  if (split !== undefined) {
    if (split.insuranceCents !== price.interventionCents) codes.push('501940')
    if (split.patientCents > price.patientShareCents) codes.push('502742')
    if (split.patientCents < price.patientShareCents) codes.push('502740')
    paidCents = cents(Math.min(price.interventionCents, split.insuranceCents))
  }
  if (!price.supplementAllowed && split?.supplementCents !== 0) codes.push('503042')
  return { paidCents, codes }
}
