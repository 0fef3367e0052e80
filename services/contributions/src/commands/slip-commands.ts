import { type Cents, uuidV5, yearOfQuarter } from '@ziv/kernel'
import type { Member } from '@ziv/members'
import { splitNumbers } from '../domain/employer-numbers.ts'
import type { YearCommand } from './apply-commands.ts'
import type { WaitingSlip } from './waiting-store.ts'

/**
 * The command of a received slip or attest, the same whether its person was known at once or only later: ids derive from
 * the sending, the person, the sender, the quarter and the record, so nothing can be recorded twice.
 */
export function commandOfSlip(person: Member, slip: WaitingSlip): YearCommand {
  const { sender, quarter, createdAt, arrival, part, status } = slip
  const commandId = `${slip.commandId}:${person.personId}:${sender}:${quarter}:${part}`
  const amountCents = slip.amountCents as Cents
  const year = yearOfQuarter(quarter)
  if (slip.source === 'selfEmployedFund') {
    const attestId = uuidV5(`attest:${person.personId}:${quarter}`)
    const attest = { attestId, fundNumber: sender, quarter, status: status ?? 'paid', amountCents, arrival, part }
    return { person, year, command: { type: 'RecordAttest', commandId, ...attest } }
  }
  const slipId = uuidV5(`slip:${person.personId}:${sender}:${quarter}`)
  const content = {
    slipId,
    source: slip.source,
    ...splitNumbers(sender),
    quarter,
    amountCents,
    createdAt,
    arrival,
    part,
  }
  return { person, year, command: { type: 'RecordSlip', commandId, ...content } }
}
