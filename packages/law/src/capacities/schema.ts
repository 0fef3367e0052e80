import { LANGUAGES, type Language } from '@ziv/kernel'
import { z } from 'zod'
import { dated, day } from '../parameters/schema.ts'

/** Code of a capacity as events and routes carry it. */
export const capacityCodeForm = /^[A-Z][A-Z0-9_]{1,39}$/

/** The rules of every capacity, each a dated value of the law, and the values that rules of this package can carry out. */
export const capacityRules = {
  /** First day of insurance. */
  start: ['quarterOfAcquisition', 'quarterOfRequest', 'dayOfAcquisition'],
  /** How contributions meet a reference year; `none`: nothing is due; `followsHolder`: the year of the holder counts. */
  regime: ['wage', 'selfEmployed', 'personal', 'none', 'followsHolder'],
  /** Last day: as it is reported, or also the age at which nobody depends as a child. */
  end: ['asReported', 'childAgeLimit'],
  /** Whether the right costs nothing of one's own, which excludes the quality of dependant. */
  freeOwnRight: ['free', 'notFree'],
  /** What takes its place: for a residual capacity every other, for a dependant a right of one's own that costs nothing. */
  yieldsTo: ['nothing', 'everyOtherUnlessRepair', 'freeRightOfOnesOwn'],
  /** Whether the income of a dependant is held against the ceiling. */
  income: ['noTest', 'ceiling'],
  /** Whether a dependant is the partner of the holder, of whom there is one at a time. */
  partner: ['noPartner', 'spouse', 'cohabitant'],
  /** Step of a personal contribution. */
  contributionStep: ['full', 'reduced', 'low', 'exempt'],
  /** Whether a lower income that is proven lowers the step. */
  provenIncome: ['lowersTheStep', 'changesNothing'],
  /** Whether a registration for one year alone repairs a year that is short of contributions in another capacity. */
  mendsYear: ['mends', 'mendsNothing'],
} as const
export type CapacityRules = typeof capacityRules

/** Value of a rule of a capacity; `rank` is a whole number, the most advantageous first. */
export type CapacityRuleValue<R extends CapacityRule> = R extends keyof CapacityRules
  ? CapacityRules[R][number]
  : number
/** Name of a rule that a file of a capacity states. */
export type CapacityRule = keyof CapacityRules | 'rank'

const series = <S extends z.ZodType>(value: S) =>
  z
    .record(day, dated.extend({ value }))
    .refine((values) => Object.keys(values).length > 0, 'at least one value is needed')
const rule = <R extends keyof CapacityRules>(name: R) => series(z.enum(capacityRules[name]))

const common = {
  start: rule('start'),
  regime: rule('regime'),
  end: rule('end'),
  yieldsTo: rule('yieldsTo'),
  rank: series(z.int().min(1)),
}
const label = z.string().trim().min(3)
const base = {
  code: z.string().regex(capacityCodeForm),
  article: z.string().trim().min(8),
  labels: z.strictObject(
    Object.fromEntries(LANGUAGES.map((language) => [language, label])) as Record<Language, typeof label>,
  ),
  countedAs: z.string().regex(capacityCodeForm),
  /** What has to come before somebody can be registered in the capacity; the law of it is here all the same. */
  waitingFor: z.string().trim().min(8).optional(),
  evidence: z.strictObject({ accepted: z.array(z.string().min(3)).min(1), enough: z.string().min(3) }).optional(),
}

/** Form of a file `capacities/<CODE>.yaml`: nothing may be left out, so that no default answers where the law is silent. */
export const capacityFile = z
  .discriminatedUnion('role', [
    z.strictObject({
      ...base,
      role: z.literal('holder'),
      rules: z.strictObject({
        ...common,
        freeOwnRight: rule('freeOwnRight'),
        contributionStep: rule('contributionStep').optional(),
        provenIncome: rule('provenIncome').optional(),
        mendsYear: rule('mendsYear').optional(),
      }),
    }),
    z.strictObject({
      ...base,
      role: z.literal('dependant'),
      rules: z.strictObject({ ...common, income: rule('income'), partner: rule('partner') }),
    }),
  ])
  .superRefine((file, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message })
    if ((file.evidence === undefined) === (file.waitingFor === undefined))
      refuse('a capacity has either proofs (evidence) or a reason why nobody can be registered yet (waitingFor)')
    const regimes = Object.values(file.rules.regime).map(({ value }) => value)
    if (regimes.includes('followsHolder') !== (file.role === 'dependant'))
      refuse('the regime followsHolder is that of dependants, and theirs alone')
    const yields = Object.values(file.rules.yieldsTo).map(({ value }) => value)
    if (file.role === 'holder' && yields.includes('freeRightOfOnesOwn'))
      refuse('only dependants yield to a free right of their own')
    const personal = file.role === 'holder' && regimes.includes('personal')
    for (const name of ['contributionStep', 'provenIncome', 'mendsYear'])
      if (personal !== name in file.rules) refuse(`a personal contribution, and it alone, has the rule ${name}`)
  })
export type CapacityFile = z.infer<typeof capacityFile>
