import { addYears, type IsoDate, type Language, renderArticle } from '@ziv/kernel'
import {
  type Ground,
  type LineSituation,
  priceLine,
  type Repair,
  renderGround,
  renderRepair,
  timeBar,
  withoutTariff,
} from '@ziv/law'
import type { Context } from '../context.ts'
import type { AssessedLine, LineBasis } from '../domain/claim-input.ts'
import type { TariffTable } from '../domain/tariff-table.ts'
import type { Told } from './refusals/case-of.ts'

export interface GroundView {
  readonly rule: string
  /** Absent where no law says the rule: it is one of the form of a claim. */
  readonly article?: string
  readonly satisfied: boolean
  readonly text: string
}

export interface RepairView {
  readonly rule: string
  readonly kind: string
  readonly text: string
}

export const groundView = (ground: Ground, language: Language): GroundView => ({
  rule: ground.rule,
  article: renderArticle(ground.article, language),
  satisfied: ground.satisfied,
  text: renderGround(ground, language),
})

export const repairView = (repair: Repair, language: Language): RepairView => ({
  rule: repair.rule,
  kind: repair.kind,
  text: renderRepair(repair, language),
})

/** What a line is explained with. */
export interface Explaining extends Pick<Context, 'law'> {
  readonly tariffs: TariffTable
  readonly language: Language
  /** Day on which the claim came in. */
  readonly receivedOn: IsoDate
}

/** What a code found, as a ground. */
export const toldGround = ({ rule, article, says }: Told, language: Language): GroundView => ({
  ...{ rule, satisfied: false, text: says[language] },
  ...(article === undefined ? {} : { article: renderArticle(article, language) }),
})

/** What would change the answer, as a repair. */
export const toldRepair = ({ rule, kind, flip }: Told, language: Language): RepairView => ({
  ...{ rule, kind, text: flip[language] },
})

/** Why the price of a line is what it is, or why there is none: the rules of the law, then what else its codes tell. */
export function explainLine(line: AssessedLine, told: readonly Told[], at: Explaining): readonly GroundView[] {
  const ofLaw = (line.basis === undefined ? refusedBy(line, at) : pricedBy(line, line.basis, at)).map((ground) =>
    groundView(ground, at.language),
  )
  const rules = new Set(ofLaw.map(({ rule }) => rule))
  return [...ofLaw, ...told.filter(({ rule }) => !rules.has(rule)).map((one) => toldGround(one, at.language))]
}

/** Decides the price of a stored line again from what it rested on. */
function pricedBy(line: AssessedLine, basis: LineBasis, at: Explaining): readonly Ground[] {
  const { careDate } = line
  const tariff = at.tariffs.find(line.nomenclature, careDate, { through: basis.tariffsThrough })
  if (tariff === undefined) return []
  const { preferential, gmd, chronic, referral, convention, withinAgreement } = basis
  // a birth that was corrected since, or erased, chose no amount
  const { age } = basis
  const situation: LineSituation = {
    careDate,
    ...(age === undefined ? {} : { birthDate: addYears(careDate, -age) }),
    preferential,
    gmd,
    chronic,
    referral,
    convention,
    ...(withinAgreement === undefined ? {} : { withinAgreement }),
    units: line.units,
    askedCents: line.askedCents,
  }
  return priceLine(tariff.row, situation, at.law).grounds
}

/** The grounds of the law of a line without a price: its tariff, or the time limit. */
function refusedBy(
  { codes, nomenclature, careDate }: AssessedLine,
  { law, receivedOn }: Explaining,
): readonly Ground[] {
  const late = codes.includes('500546') ? timeBar({ careDate, receivedOn }, law).grounds : []
  const noTariff = codes.includes('500420') || codes.includes('500403') ? [withoutTariff(nomenclature, careDate)] : []
  return [...late, ...noTariff]
}
