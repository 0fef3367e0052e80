export { formatAmount } from './amount-text.ts'
export { renderArticle } from './article-text.ts'
export { chunksOf } from './chunks.ts'
export { type Clock, fixedClock, type MovableClock, movableClock, systemClock } from './clock.ts'
export {
  addDays,
  addMonths,
  addYears,
  ageOn,
  firstDayOfMonth,
  firstDayOfYear,
  lastDayOfMonth,
  lastDayOfYear,
  maxDate,
  minDate,
} from './date-arithmetic.ts'
export { formatDay, formatMonth, formatMonthDay } from './day-text.ts'
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
  type Insz,
  type InszFacts,
  makeInsz,
  parseInsz,
} from './identifiers/insz.ts'
export { type KboNumber, makeKboNumber, parseKboNumber } from './identifiers/kbo-number.ts'
export { makeNomenclatureCode, type NomenclatureCode, parseNomenclatureCode } from './identifiers/nomenclature-code.ts'
export { formatOgm, makeOgm, type Ogm, parseOgm } from './identifiers/ogm.ts'
export {
  makeRizivNumber,
  parseRizivNumber,
  type RizivNumber,
  rizivCore,
} from './identifiers/riziv-number.ts'
export { makeRszNumber, parseRszNumber } from './identifiers/rsz-number.ts'
export { uuidV5, uuidV7 } from './ids.ts'
export { dateOf, type Instant, instant } from './instant.ts'
export {
  dateOfDayNumber,
  dateOfParts,
  dayNumber,
  type IsoDate,
  isIsoDate,
  isoDate,
  yearOf,
} from './iso-date.ts'
export { parseJson } from './json.ts'
export { addCents, type Cents, cents, multiplyCents, subtractCents, sumCents } from './money.ts'
export { nearestName } from './nearest-name.ts'
export { paramInWords } from './param-text.ts'
export {
  intersectPeriods,
  mergePeriods,
  type Period,
  periodContains,
  subtractPeriods,
} from './period.ts'
export {
  isStatedQuarter,
  nextQuarter,
  numberOfQuarter,
  previousQuarter,
  type Quarter,
  quarter,
  quarterEnd,
  quarterOf,
  quarterOfParts,
  quarterStart,
  quartersOfYear,
  yearOfQuarter,
} from './quarter.ts'
export {
  defineRejections,
  fillPlaces,
  fillSentence,
  LANGUAGES,
  type Language,
  type Rejection,
  type RejectionCatalog,
  rejectionWords,
  renderRejection,
  type Words,
} from './rejection.ts'
export { ok, type Result, unwrap } from './result.ts'
export { splitByLargestRemainder } from './split.ts'
export { decodeUtf8, NotUtf8, Utf8Decoder, utf8Lines } from './utf8.ts'
