import type { AttestInput, PaymentInput } from '@ziv/contributions'
import { cents, type IsoDate, type Quarter, quarterEnd, quarterStart } from '@ziv/kernel'
import { capacityRule, type Law, loadLaw, personalContribution } from '@ziv/law'
import { randomOf, type SyntheticPerson } from './population/index.ts'
import { hasCapacity, personsOf, type Story } from './story.ts'

/** In the capacity on at least one day of the quarter. */
const inQuarter = (person: SyntheticPerson, quarter: Quarter): boolean =>
  person.joinsOn <= quarterEnd(quarter) &&
  (hasCapacity(person, quarterEnd(quarter)) ||
    (person.capacityEndsOn !== null && person.capacityEndsOn >= quarterStart(quarter)) ||
    (person.diesOn !== null && person.diesOn >= quarterStart(quarter)))

const regimeOf = ({ capacity }: SyntheticPerson, quarter: Quarter) =>
  capacityRule(loadLaw(), capacity, 'regime', quarterStart(quarter)).value

/** What the social insurance funds attest for a quarter: nearly everybody paid. */
export function* attestsOf(story: Story, quarter: Quarter): Generator<AttestInput> {
  for (const person of personsOf(story)) {
    if (regimeOf(person, quarter) !== 'selfEmployed' || !inQuarter(person, quarter)) continue
    const random = randomOf(story.seed, `attest/${person.number}/${quarter}`)
    const paid = random.chance(0.985)
    yield {
      ssin: person.insz,
      fundNumber: `00${1 + (person.number % 8)}`,
      quarter,
      status: paid ? 'paid' : 'unpaid',
      amountCents: cents(random.int(85_000, 320_000)),
    }
  }
}

/** Personal contributions of students and residents for a quarter: most pay what is due. */
export function* paymentsOf(story: Story, quarter: Quarter, receivedOn: IsoDate, law: Law): Generator<PaymentInput> {
  for (const person of personsOf(story)) {
    const { capacity } = person
    if (regimeOf(person, quarter) !== 'personal' || !inQuarter(person, quarter)) continue
    if (!randomOf(story.seed, `payment/${person.number}/${quarter}`).chance(0.97)) continue
    const { dueCents } = personalContribution({ capacity, quarter }, law).result
    if (dueCents === 0) continue
    yield {
      paymentId: `P-${story.seed}-${person.number}-${quarter}`,
      personId: person.personId,
      quarter,
      amountCents: dueCents,
      receivedOn,
    }
  }
}
