import type { LocalizedText } from '../types.ts'
import type { CapacityFile } from './schema.ts'

/** Insured by a quality of one's own, or through the holder on whom one depends. */
export type CapacityRole = 'holder' | 'dependant'

/** A legal capacity as its file states it; its dated rules are read with `capacityRule`. */
export interface Capacity {
  /** Code in events and routes, for example `EMPLOYEE`. */
  readonly code: string
  readonly role: CapacityRole
  /** Where the law lists the beneficiary. */
  readonly article: string
  readonly labels: LocalizedText
  /** Code of the line of a return on which its members are counted. */
  readonly countedAs: string
  /** Kinds of proof that are accepted and the name of the rule that weighs them; absent while nobody can be registered in it. */
  readonly evidence?: { readonly accepted: readonly string[]; readonly enough: string }
  /** What has to come before somebody can be registered in it. */
  readonly waitingFor?: string
}

/** A capacity that no file describes: nothing can be decided about it. */
class UnknownCapacity extends Error {
  override readonly name = 'UnknownCapacity'
}

/** All capacities of the law, by code. */
export interface CapacityCatalogue {
  readonly all: readonly Capacity[]
  /** Those in which somebody can be registered. */
  readonly open: readonly Capacity[]
  find(code: string): Capacity | undefined
  /** Throws `UnknownCapacity`. */
  at(code: string): Capacity
}

/** Makes a catalogue of checked files, in order of their codes. */
export function catalogueOf(files: readonly CapacityFile[]): CapacityCatalogue {
  const all = Object.freeze(files.map(capacityOf).sort((a, b) => (a.code < b.code ? -1 : 1)))
  const byCode = new Map(all.map((capacity) => [capacity.code, capacity]))
  return Object.freeze({
    all,
    open: Object.freeze(all.filter(({ evidence }) => evidence !== undefined)),
    find: (code: string) => byCode.get(code),
    at(code: string) {
      const found = byCode.get(code)
      if (found) return found
      throw new UnknownCapacity(
        `No capacity is called "${code}" here (there are ${[...byCode.keys()].join(', ')}): if a newer service told it, update this one and release what stands still; else correct the code`,
      )
    },
  })
}

function capacityOf({ rules: _, evidence, waitingFor, ...rest }: CapacityFile): Capacity {
  return Object.freeze({ ...rest, ...(evidence && { evidence }), ...(waitingFor && { waitingFor }) })
}
