import { type Instant, type IsoDate, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import type { MemberFact } from './facts.ts'

export const at = (n: number) => `2026-01-01T00:00:0${n}.000Z` as Instant
export const d = isoDate
export const at306 = { insurer: '300', ziekenfonds: '306' }
export const at501 = { insurer: '500', ziekenfonds: '501' }

let ids = 0
export const place = (n: number, sequence = n) => ({ id: `event-${ids++}`, recordedAt: at(n), sequence })
export const opened = (n: number, affiliationId: string, from: string, tenant = at306): MemberFact => ({
  kind: 'opened',
  ...place(n),
  ...tenant,
  affiliationId,
  from: d(from),
  birthDate: d('1990-02-03'),
})
export const closed = (n: number, affiliationId: string, to: string, tenant = at306): MemberFact => ({
  kind: 'closed',
  ...place(n),
  ...tenant,
  affiliationId,
  to: d(to),
})
export const capacity = (code: string, from: string) => ({
  capacityId: 'c',
  capacity: code,
  role: 'holder' as const,
  from: d(from),
  acquiredOn: d(from),
  requestedOn: d(from),
  holderPersonId: null,
})
export const acquired = (n: number): MemberFact => ({
  kind: 'acquired',
  ...place(n),
  ...at306,
  ...capacity('EMPLOYEE', '2020-01-01'),
})
export const ended = (n: number, to: string): MemberFact => ({
  kind: 'ended',
  ...place(n),
  ...at306,
  capacityId: 'c',
  to: d(to),
})
export const corrected = (n: number, from: string, to: string | null): MemberFact => ({
  kind: 'affiliationCorrected',
  ...place(n),
  ...at306,
  affiliationId: 'a',
  from: d(from),
  to: to as IsoDate | null,
})
export const requested = (n: number): MemberFact => ({
  kind: 'requested',
  ...place(n),
  ...at306,
  capacityId: 'c',
  capacity: 'RESIDENT',
  role: 'holder',
  acquiredOn: d('2020-01-01'),
  requestedOn: d('2020-02-01'),
  waitingFor: 'immigrationOffice',
  repairsYear: n % 2 === 0 ? 2019 : null,
})
export const refused = (n: number): MemberFact => ({ kind: 'refused', ...place(n), ...at306, capacityId: 'c' })
export const erased = (n: number): MemberFact => ({ kind: 'erased', ...place(n), ...at306 })

export const moment = fc.integer({ min: 1, max: 4 })
const thing = fc.constantFrom('a', 'b')
export const dayText = fc.constantFrom('2020-01-01', '2021-06-15', '2024-05-31', '2024-09-01')
const tenant = fc.constantFrom(at306, at501)
export const anyFact: fc.Arbitrary<MemberFact> = fc.oneof(
  fc.tuple(moment, thing, dayText, tenant).map(([n, id, day, of]) => opened(n, id, day, of)),
  fc.tuple(moment, thing, dayText, tenant).map(([n, id, day, of]) => closed(n, id, day, of)),
  fc.tuple(moment, dayText).map(([n, day]) => corrected(n, day, null)),
  moment.map((n) => ({ kind: 'affiliationWithdrawn', ...place(n), ...at306, affiliationId: 'a' }) as const),
  moment.map(acquired),
  fc.tuple(moment, dayText).map(([n, day]) => ended(n, day)),
  moment.map((n) => ({ kind: 'died', ...place(n), ...at306, diedOn: d('2024-01-31') }) as const),
  moment.map((n) => ({ kind: 'personCorrected', ...place(n), ...at306, birthDate: null, diedOn: null }) as const),
  moment.map(erased),
  moment.map(requested),
  moment.map(refused),
)
