import type { Tree } from './tree.ts'

/** One offence. `key` stays the same while the line moves: it is what the list of exceptions names. */
export interface Finding {
  readonly key: string
  /** What is wrong, where, what to do. */
  readonly message: string
  /** For rules of size: how large it is. An exception names the size it may not exceed. */
  readonly size?: number
}

export interface Verdict {
  /** How many files (or entries of files) were looked at: a rule that looked at none proves nothing. */
  readonly read: number
  readonly findings: readonly Finding[]
  /** Something worth saying that is not an offence. */
  readonly note?: string
}

export interface Rule {
  readonly name: string
  check(tree: Tree, today: string): Verdict
  /** A tree with one offender, and the key it must be found under: the rule's own test. */
  readonly planted: {
    readonly files: Readonly<Record<string, string>>
    readonly key: string
    /** The same tree put right: nothing may be found. */
    readonly corrected: Readonly<Record<string, string>>
  }
}

/** Lines of source as one text, for planted files. */
export const text = (...lines: string[]): string => `${lines.join('\n')}\n`
