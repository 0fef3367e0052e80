import { accept, type Cents, type Decider, type Rejection, reject } from '@ziv/kernel'

export interface Budget {
  readonly year: number
  readonly objectiveCents: Cents
}

export interface BudgetSet {
  readonly type: 'BudgetSet'
  readonly version: 1
  readonly data: Budget
}

export interface BudgetFacts {
  /** Money of the year was paid or settled on the objective: it can no longer change. */
  readonly distributed: boolean
}

/** `budget-<year>`: the objective that is divided over the insurers. */
export const budget: Decider<Budget | null, Budget, BudgetSet, Rejection, BudgetFacts> = {
  initialState: () => null,
  evolve: (_state, event) => event.data,
  decide: (command, current, { distributed }) => {
    if (current?.objectiveCents === command.objectiveCents) return accept()
    if (current !== null && distributed) return reject('budgetDiffers', { year: command.year })
    const { year, objectiveCents } = command
    return accept<BudgetSet>({ type: 'BudgetSet', version: 1, data: { year, objectiveCents } })
  },
}
