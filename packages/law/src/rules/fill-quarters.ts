import type { Cents, Quarter } from '@ziv/kernel'

/** What is due for one quarter. */
export interface QuarterDue {
  readonly quarter: Quarter
  readonly dueCents: Cents
}

/** How the payments of a year are divided over the quarters for which something is due. */
export interface FilledQuarters {
  /** Quarters paid in full. */
  readonly filled: readonly Quarter[]
  /** The others, each with what is still to be paid for it. */
  readonly open: readonly QuarterDue[]
  /** What is left when every quarter is paid in full; nothing while one is open. */
  readonly leftCents: Cents
}

/**
 * Divides what was paid in a year over its quarters, from the oldest on: every cent once, and whatever quarter the payer named, so
 * that one payment for three quarters is worth as much as three. What does not fill a quarter stays with it.
 */
export function fillQuarters(paidCents: number, dues: readonly QuarterDue[]): FilledQuarters {
  let left = paidCents
  const filled: Quarter[] = []
  const open: QuarterDue[] = []
  for (const { quarter, dueCents } of [...dues].sort((a, b) => (a.quarter < b.quarter ? -1 : 1))) {
    if (left >= dueCents) filled.push(quarter)
    else open.push({ quarter, dueCents: (dueCents - left) as Cents })
    left = Math.max(0, left - dueCents)
  }
  return { filled, open, leftCents: (open.length > 0 ? 0 : left) as Cents }
}
