export type { Brand } from './brand.ts'
export { chunksOf } from './chunks.ts'
export { daysInMonth, isLeapYear } from './civil.ts'
export { type Clock, fixedClock, type MovableClock, movableClock, systemClock } from './clock.ts'
export {
  addDays,
  addMonths,
  addYears,
  ageOn,
  daysBetween,
  firstDayOfMonth,
  firstDayOfYear,
  lastDayOfMonth,
  lastDayOfYear,
  maxDate,
  minDate,
} from './date-arithmetic.ts'
export { dayToCome } from './day-to-come.ts'
export { accept, type Decider, type Decision, type DomainEvent, foldEvents, reject } from './decider.ts'
export {
  defineEvents,
  type EventData,
  type EventDefinitions,
  type EventSchema,
  type EventUpcaster,
} from './define-events.ts'
export { formatEuro, parseEuro } from './euro.ts'
export { parseEmployerNumber } from './identifiers/employer-number.ts'
export { type Iban, parseIban } from './identifiers/iban.ts'
export {
  formatInsz,
  type Insz,
  type InszFacts,
  type InszWarning,
  makeInsz,
  parseInsz,
} from './identifiers/insz.ts'
export { formatKboNumber, type KboNumber, makeKboNumber, parseKboNumber } from './identifiers/kbo-number.ts'
export { makeNomenclatureCode, type NomenclatureCode, parseNomenclatureCode } from './identifiers/nomenclature-code.ts'
export { formatOgm, makeOgm, type Ogm, parseOgm } from './identifiers/ogm.ts'
export {
  makeRizivNumber,
  parseRizivNumber,
  type RizivModulus,
  type RizivNumber,
  rizivCore,
  rizivQualification,
} from './identifiers/riziv-number.ts'
export { makeRszNumber, parseRszNumber, type RszNumber } from './identifiers/rsz-number.ts'
export { uuidV5, uuidV7, ZIV_NAMESPACE } from './ids.ts'
export { dateOf, type Instant, instant, instantOfMillis, isInstant, millisOf } from './instant.ts'
export {
  dateOfDayNumber,
  dateOfParts,
  dayNumber,
  dayOfMonth,
  type IsoDate,
  isIsoDate,
  isoDate,
  monthOf,
  yearOf,
} from './iso-date.ts'
export { parseJson } from './json.ts'
export { addCents, type Cents, cents, multiplyCents, negateCents, subtractCents, sumCents } from './money.ts'
export { parseName } from './name.ts'
export {
  intersectPeriods,
  mergePeriods,
  type Period,
  period,
  periodContains,
  periodsOverlap,
  subtractPeriods,
} from './period.ts'
export {
  addQuarters,
  isQuarter,
  nextQuarter,
  numberOfQuarter,
  previousQuarter,
  type Quarter,
  quarter,
  quarterEnd,
  quarterOf,
  quarterOfParts,
  quarterStart,
  quartersBetween,
  quartersOfYear,
  yearOfQuarter,
} from './quarter.ts'
export {
  defineRejections,
  LANGUAGES,
  type Language,
  type Rejection,
  type RejectionCatalog,
  type RejectionCode,
  type RejectionText,
  rejectionWords,
  renderRejection,
  type Words,
} from './rejection.ts'
export { err, type Failure, ok, type Result, unwrap } from './result.ts'
export type { Rounding } from './rounding.ts'
export { splitByLargestRemainder } from './split.ts'
export { decodeUtf8, NotUtf8, Utf8Decoder, type Utf8Line, utf8Lines } from './utf8.ts'
