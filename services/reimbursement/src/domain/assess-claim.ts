import { type IsoDate, minDate } from '@ziv/kernel'
import { type Member, type Membership, memberOn } from '@ziv/members'
import { assessLine, type ClaimOfMember, refusedLine } from './assess-line.ts'
import type { AssessedLine, Assessment, ClaimInput } from './claim-input.ts'
import type { ControlCode } from './control-codes.ts'
import type { InsuredPeriod } from './insurability.ts'
import type { LineRules } from './line-rules.ts'
import type { StatusPeriod } from './status-period.ts'
import type { FoundTariff } from './tariff-table.ts'

/** Everything from outside that the controls of one claim look at. */
export interface ClaimFacts {
  readonly today: IsoDate
  /** The law for lines received today. */
  readonly rules: LineRules
  readonly person: Member | undefined
  /** Undefined while nothing was told of the rights of the person. */
  readonly periods: readonly InsuredPeriod[] | undefined
  readonly statuses: readonly StatusPeriod[]
  /** By the tariffs up to `tariffsThrough`. */
  readonly tariff: (code: string, day: IsoDate) => FoundTariff | undefined
  readonly tariffsThrough: number
  readonly codeExists: (code: string) => boolean
  /** Insurers this cell works for. */
  readonly insurers: readonly string[]
  /** Of a service of this patient, by `serviceKey`. `paid`: settled before; `repeated`: earlier in this file. */
  readonly duplicate: (service: string) => 'paid' | 'repeated' | undefined
}

/**
 * Controls and prices a claim: first what concerns it as a whole (patient, insurer), then every line. Pure: the same claim
 * and facts always give the same answer.
 */
export function assessClaim(claim: ClaimInput, facts: ClaimFacts): Assessment {
  const known = facts.person !== undefined && !facts.person.erased
  const membership = known ? memberOf(claim, facts.person!) : undefined
  const found = claimCodes(claim, facts, membership)
  const codes = [...(claim.formCodes ?? []), ...found.filter((code) => !claim.formCodes?.includes(code))]
  const whole: ClaimOfMember | undefined =
    codes.length > 0 || membership === undefined
      ? undefined
      : { facts, person: facts.person!, membership, claim, seen: new Set() }
  const lines = claim.lines.map(
    (line): AssessedLine => (whole === undefined ? refusedLine(line, line.formCodes ?? []) : assessLine(line, whole)),
  )
  return {
    ...(known ? { personId: facts.person!.personId } : {}),
    ...membership,
    codes,
    lines,
  }
}

/**
 * The membership that decides whose claim it is: that of the first day of care which has one. Care after death is refused line
 * by line, by whose member the person died.
 */
function memberOf(claim: ClaimInput, person: Member): Membership | undefined {
  for (const line of claim.lines) {
    const found = memberOn(person, person.diedOn === null ? line.careDate : minDate(line.careDate, person.diedOn))
    if (found !== undefined) return found
  }
  return undefined
}

function claimCodes(claim: ClaimInput, facts: ClaimFacts, membership: Membership | undefined): ControlCode[] {
  const { person } = facts
  if (claim.creditNote) return ['201103']
  if (claim.destination !== undefined && !facts.insurers.includes(`${claim.destination[0]}00`)) return ['201810']
  if (person === undefined || person.erased) return ['200820']
  if (membership === undefined) return ['200742']
  const { destination, affiliation } = claim
  if (destination !== undefined && destination[0] !== membership.insurer[0]) return ['200742']
  if (affiliation !== undefined && affiliation !== '000' && affiliation !== membership.ziekenfonds) return ['200742']
  return []
}
