import type { IsoDate, Language } from '@ziv/kernel'

/** How well a value of the law is known, from the strongest to the weakest. */
export const confidences = ['verified', 'secondary', 'derived', 'assumed'] as const
export type Confidence = (typeof confidences)[number]

/** One text in the four languages. */
export type LocalizedText = Readonly<Record<Language, string>>

/** What a number in a parameter file means; `euro` is written in euro and read as integer cents. */
export const units = [
  'euro',
  'percent',
  'ratio',
  'years',
  'months',
  'days',
  'age',
  'count',
  'monthDay',
  'rule',
  'weight',
] as const
export type Unit = (typeof units)[number]

/** Exact fraction: percentages, coefficients and shares never become floating point. */
export interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

/** A value of the law on a day, with what it rests on. Amounts are cents, percent and ratio are `Ratio`. */
export interface ParameterValue<T = unknown> {
  readonly name: string
  readonly value: T
  readonly unit: Unit
  /** First day on which this value is in force. */
  readonly from: IsoDate
  readonly source: string
  readonly confidence: Confidence
  /** Day on which someone last compared the value with its source. */
  readonly checkedOn: IsoDate
}

/** A dated parameter as it stands in its file; a value of `null` ends the rule. */
export interface Parameter {
  readonly name: string
  readonly description: LocalizedText
  readonly unit: Unit
  /** What will read the parameter, when no rule does yet. */
  readonly waitingFor?: string
  readonly values: readonly ParameterValue[]
}

/** The parameters of the law. Immutable: a changed rule is another `Law` (see `reformLaw`). */
export interface Law {
  /** Digest of the parameter files; goes into event metadata so that a decision can be replayed. */
  readonly version: string
  /** Value in force on a day. Throws `NoValueInForce` when there is none yet, or no longer. */
  at<T = unknown>(name: string, date: IsoDate): ParameterValue<T>
  /** As `at`, but undefined when nothing is in force. Throws only for a parameter that does not exist. */
  find<T = unknown>(name: string, date: IsoDate): ParameterValue<T> | undefined
  /** All parameters by name, for generated reference pages. */
  list(): readonly Parameter[]
}

/** A fact that a ground looked at. Names ending in `Cents` are amounts, in `Date`, `On`, `From`, `Until` or `Day` are days. */
export interface FactRef {
  readonly name: string
  readonly value: string | number | boolean | null
  /** The event that recorded the fact, when the caller gave it. */
  readonly eventId?: string
}

/** A value of the law that a ground used. */
export interface ParameterRef {
  readonly name: string
  /** The part of a table that was used, when the parameter is one. */
  readonly key?: string
  readonly from: IsoDate
  readonly value: string | number
  readonly unit: Unit
  readonly confidence: Confidence
}

/** One condition and whether it holds. Compact data; `renderGround` gives the sentence. */
export interface Ground {
  readonly rule: string
  readonly article: string
  readonly satisfied: boolean
  readonly facts: readonly FactRef[]
  readonly parameters: readonly ParameterRef[]
  /** Filled only on request (`withTexts`). */
  readonly text?: LocalizedText
}

/**
 * A smallest change that repairs one unsatisfied rule. Repairs that name the same rule are alternatives; the outcome flips
 * when one repair of every rule named is done.
 */
export interface Repair {
  readonly rule: string
  readonly kind: string
  readonly params: Readonly<Record<string, string | number>>
  /** Last day on which it can be done. */
  readonly until?: IsoDate
}

/** What a rule answers: the right is there or it is not. */
export type Outcome = 'granted' | 'refused'

/** What a rule decided, and why. `confidence` is the weakest among the values it rests on. */
export interface LawDecision<T> {
  readonly outcome: Outcome
  readonly result: T
  readonly grounds: readonly Ground[]
  readonly repairs: readonly Repair[]
  readonly confidence: Confidence
}
