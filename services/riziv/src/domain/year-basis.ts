import { accept, type Decider } from '@ziv/kernel'

export interface FixBasis {
  readonly year: number
  /** Expenditure of the year before by insurer, in cents, as known now. */
  readonly basis: Readonly<Record<string, number>>
}

export interface BasisFixed {
  readonly type: 'BasisFixed'
  readonly version: 1
  readonly data: FixBasis
}

/** `basis-<year>`: what the advances of a year are divided by. The first that is fixed stays, whatever is known later. */
export const yearBasis: Decider<FixBasis['basis'] | null, FixBasis, BasisFixed, never, undefined> = {
  initialState: () => null,
  evolve: (_state, event) => event.data.basis,
  decide: (command, fixed) =>
    fixed === null ? accept<BasisFixed>({ type: 'BasisFixed', version: 1, data: command }) : accept(),
}
