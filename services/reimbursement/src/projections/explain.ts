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
import type { AssessedLine } from '../domain/claim-input.ts'
import type { TariffTable } from '../domain/tariff-table.ts'

export interface GroundView {
  readonly rule: string
  readonly article: string
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

/** Decides the price of a stored line again from what it rested on, to tell why it is what it is. */
export function explainLine(
  line: AssessedLine,
  at: Pick<Context, 'law'> & {
    readonly tariffs: TariffTable
    readonly language: Language
    /** Day on which the claim came in. */
    readonly receivedOn: IsoDate
  },
): readonly GroundView[] {
  if (line.basis === undefined) return explainRefused(line, at)
  const { careDate } = line
  const tariff = at.tariffs.find(line.nomenclature, careDate, { through: line.basis.tariffsThrough })
  if (tariff === undefined) return []
  const { preferential, gmd, chronic, referral, convention, withinAgreement } = line.basis
  // a birth that was corrected since, or erased, chose no amount
  const { age } = line.basis
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
  return priceLine(tariff.row, situation, at.law).grounds.map((ground) => groundView(ground, at.language))
}

/** Why a line that was refused has no price, where the law has a rule for it: its tariff, or the time limit. */
function explainRefused(
  { codes, nomenclature, careDate }: AssessedLine,
  { law, language, receivedOn }: Pick<Context, 'law'> & { readonly language: Language; readonly receivedOn: IsoDate },
): readonly GroundView[] {
  const late = codes.includes('500546') ? timeBar({ careDate, receivedOn }, law).grounds : []
  const noTariff = codes.includes('500420') || codes.includes('500403') ? [withoutTariff(nomenclature, careDate)] : []
  return [...late, ...noTariff].map((ground) => groundView(ground, language))
}
