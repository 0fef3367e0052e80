import { type Cents, cents, type IsoDate, multiplyCents } from '@ziv/kernel'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Ground, Law, LawDecision, ParameterRef, Ratio, Repair } from '../types.ts'
import { type CareSituation, matchAmount, type TariffRow } from './tariff.ts'

/** How far a provider has joined the tariff agreement. */
export type Convention = 'conventioned' | 'partial' | 'nonConventioned'

export interface LineSituation extends CareSituation {
  readonly convention: Convention
  /** For a partially conventioned provider: the care fell in the times and places of the agreement; absent where nobody says so. */
  readonly withinAgreement?: boolean
  /** Number of times; 1 when not given. */
  readonly units?: number
  /** What is asked for all units together, in cents; the official fee when not given. */
  readonly askedCents?: Cents
  readonly eventId?: string
}

/** Amounts in cents for all units together; `interventionCents + patientShareCents + supplementCents` is what is asked. */
export interface LinePrice {
  readonly officialFeeCents: Cents
  readonly interventionCents: Cents
  /** Remgeld: the legal share of the patient. */
  readonly patientShareCents: Cents
  /** What is asked above the official fee; never counts for the maximum bill. */
  readonly supplementCents: Cents
  /** False when a provider bound by the agreement asks a supplement; absent where it is not known whether the provider is bound. */
  readonly supplementAllowed?: boolean
}

interface Share {
  readonly interventionCents: Cents
  readonly parameters: readonly ParameterRef[]
}

const none: LinePrice = {
  officialFeeCents: cents(0),
  interventionCents: cents(0),
  patientShareCents: cents(0),
  supplementCents: cents(0),
  supplementAllowed: true,
}

/**
 * Price of a line of care: official fee = intervention + remgeld, and supplement = asked minus official. The intervention depends on
 * VT, GMD, age, referral; at a provider outside the agreement it is lower for physiotherapists and nurses, not for doctors and
 * dentists. Rounding half up to the cent, per unit. When less than the official fee is asked, the patient gains first. A partially
 * conventioned provider is bound at some times and places: where nobody says which, a supplement is neither allowed nor refused, and
 * the answer names what may be asked in either case.
 * Refused when the row is not in force on the day of care or has no amount for the situation.
 */
export function priceLine(row: TariffRow, line: LineSituation, law: Law): LawDecision<LinePrice> {
  const share = inForce(row, line) ? interventionOf(row, line, law) : undefined
  if (!share) return decision('refused', none, [ground('price.tariff', false, tariffFacts(row, line))])
  const reduced = reduceOutside(row, line, share, law)
  const units = line.units ?? 1
  const official = cents(row.feeCents * units)
  const asked = line.askedCents ?? official
  const interventionCents = cents(Math.min(reduced.interventionCents * units, asked))
  const supplementCents = cents(Math.max(0, asked - official))
  const bound = supplementCents === 0 ? false : boundByAgreement(line)
  const price: LinePrice = {
    officialFeeCents: official,
    interventionCents,
    patientShareCents: cents(asked - supplementCents - interventionCents),
    supplementCents,
    ...(bound === undefined ? {} : { supplementAllowed: !bound }),
  }
  const grounds = [ground('price.tariff', true, tariffFacts(row, line, price), share.parameters), ...reduced.grounds]
  const repairs: Repair[] = []
  if (bound === undefined) {
    const rule = 'price.agreementTime'
    const used = [fact('officialFeeCents', official), fact('askedCents', asked, line.eventId)]
    grounds.push(ground(rule, false, [...used, fact('supplementCents', supplementCents)]))
    repairs.push({ rule, kind: 'tellAgreementTime', params: { withinCents: official, outsideCents: asked } })
  } else if (supplementCents > 0) {
    const rule = 'price.supplement'
    const used = [fact('supplementCents', supplementCents, line.eventId), fact('convention', line.convention)]
    grounds.push(ground(rule, !bound, used))
    if (bound) repairs.push({ rule, kind: 'askAtMost', params: { maximumCents: official } })
  }
  return decision('granted', price, grounds, repairs, row.confidence)
}

function inForce(row: TariffRow, line: LineSituation): boolean {
  return row.from <= line.careDate && (row.to === null || line.careDate <= row.to)
}

/** Whether the provider keeps to the official fee for this care; undefined where nobody says when and where it was given. */
function boundByAgreement({ convention, withinAgreement }: LineSituation): boolean | undefined {
  return convention === 'partial' ? withinAgreement : convention === 'conventioned'
}

/** Intervention for one unit at a conventioned provider. */
function interventionOf(row: TariffRow, line: LineSituation, law: Law): Share | undefined {
  const amount = row.amounts && matchAmount(row.amounts, line)
  if (amount) return { interventionCents: amount.interventionCents, parameters: [] }
  if (row.patientShareParameter === undefined) return undefined
  const table = law.at<Record<string, Cents>>(row.patientShareParameter, line.careDate)
  const regime = line.preferential ? 'preferential' : 'normal'
  const key = line.gmd && `${regime}Gmd` in table.value ? `${regime}Gmd` : regime
  let share: number | undefined = table.value[key]
  if (share === undefined) throw new RangeError(`${row.patientShareParameter} says no share of the patient for ${key}`)
  const parameters = [cite(table, key)]
  if (row.referralReduces && line.referral) {
    const reduction = law.at<Record<string, Cents>>('reimbursement/referral-reduction', line.careDate)
    share = Math.max(0, share - reduction.value[regime]!)
    parameters.push(cite(reduction, regime))
  }
  return { interventionCents: cents(Math.max(0, row.feeCents - share)), parameters }
}

/** Why care that no tariff row is in force for has no price. */
export const withoutTariff = (code: string, careDate: IsoDate): Ground =>
  ground('price.tariff', false, [fact('code', code), fact('careDate', careDate)])

/** Lower intervention at a provider who is not bound by the agreement. */
function reduceOutside(
  row: TariffRow,
  line: LineSituation,
  share: Share,
  law: Law,
): { interventionCents: Cents; grounds: Ground[] } {
  const { interventionCents } = share
  if (line.convention !== 'nonConventioned') return { interventionCents, grounds: [] }
  const percent = law.at<Ratio>(`reimbursement/non-conventioned-reduction-${row.profession}`, line.careDate)
  const { numerator, denominator } = percent.value
  const left = multiplyCents(interventionCents, denominator - numerator, denominator, 'halfUp')
  const used = [fact('profession', row.profession), fact('reductionCents', interventionCents - left)]
  return {
    interventionCents: left,
    grounds: [ground('price.nonConventioned', left !== interventionCents, used, [cite(percent)])],
  }
}

function tariffFacts(row: TariffRow, line: LineSituation, price?: LinePrice) {
  const used = [
    fact('code', row.code),
    fact('careDate', line.careDate, line.eventId),
    fact('preferential', line.preferential),
    fact('gmd', line.gmd),
    ...(row.amounts?.some(({ when }) => when.chronic !== undefined) ? [fact('chronic', line.chronic)] : []),
  ]
  if (!price) return used
  return [
    ...used,
    fact('interventionCents', price.interventionCents),
    fact('patientShareCents', price.patientShareCents),
  ]
}
