import { accept, type Cents, type Decider, dayToCome, type IsoDate, type Rejection, reject } from '@ziv/kernel'
import type { LedgerEntry } from './ledger.ts'
import { receiptEntry } from './treasury.ts'

export interface Receipt {
  readonly receiptId: string
  readonly source: 'rsz' | 'selfEmployedFunds' | 'state' | 'other'
  readonly amountCents: Cents
  readonly receivedOn: IsoDate
}

export interface ReceiptBooked {
  readonly type: 'ReceiptBooked'
  readonly version: 1
  readonly data: Receipt & { readonly entry: LedgerEntry }
}

type State = Receipt | null

interface Facts {
  /** The business date: money that was received came by then. */
  readonly today: IsoDate
}

/** `receipt-<id>`: money that came in, booked once. The same receipt again changes nothing; with another amount it is refused. */
export const receipt: Decider<State, Receipt, ReceiptBooked, Rejection, Facts> = {
  initialState: () => null,
  evolve: (_state, event) => event.data,
  decide: (command, booked, { today }) => {
    if (booked === null) {
      const ahead = dayToCome({ receivedOn: command.receivedOn }, today)
      if (ahead) return reject('receivedInFuture', { receivedOn: ahead.day })
      return accept<ReceiptBooked>({
        type: 'ReceiptBooked',
        version: 1,
        data: { ...command, entry: receiptEntry(command) },
      })
    }
    const same = booked.amountCents === command.amountCents && booked.receivedOn === command.receivedOn
    if (same && booked.source === command.source) return accept()
    return reject('receiptDiffers', { amountCents: booked.amountCents, receivedOn: booked.receivedOn })
  },
}
