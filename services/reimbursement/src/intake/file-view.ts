import type { Counts } from '@ziv/runs'
import type { AnswerKind, InvoiceFile, InvoiceFilePart, StoredInvoiceFile } from './types.ts'

export interface StoredPart extends InvoiceFilePart {
  /** Records of the part in the file, for the totals of the answer. */
  readonly records: number
}

const states: Readonly<Record<AnswerKind, InvoiceFile['state']>> = {
  '920900': 'settled',
  '920098': 'tested',
  '920099': 'refused',
  '920999': 'refused',
}

/** Kind of the answer to a file; undefined while it is being settled. */
export const answerKindOf = ({ outcome }: StoredInvoiceFile): AnswerKind | undefined =>
  outcome === null ? undefined : (outcome as AnswerKind)

/** Where a file stands. */
export const stateOf = (file: StoredInvoiceFile): InvoiceFile['state'] => {
  const kind = answerKindOf(file)
  return kind === undefined ? 'received' : states[kind]
}

/** What is counted of a destination: lines accepted and refused, cents paid. */
export interface PartCounts {
  accepted: number
  refused: number
  paid: number
}

/** The counts of a file or its run, by destination under one name each: `306/accepted`. */
export function countsByName(parts: ReadonlyMap<string, PartCounts>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [destination, part] of parts) {
    for (const [name, n] of Object.entries(part)) counts[`${destination}/${name}`] = n
  }
  return counts
}

const countOf = (counts: Counts, destination: string, name: keyof PartCounts): number =>
  counts[`${destination}/${name}`] ?? 0

/** The parts of a file by destination. */
export function partsOf({ facts, counts }: StoredInvoiceFile): readonly StoredPart[] {
  return facts.parts.map(({ destination, records, lines, askedCents }) => ({
    destination,
    insurer: `${destination[0]}00`,
    ...{ records, lines, askedCents },
    acceptedLines: countOf(counts, destination, 'accepted'),
    refusedLines: countOf(counts, destination, 'refused'),
    paidCents: countOf(counts, destination, 'paid'),
  }))
}

/** Shows a file with the parts given. The sums of what became of it stand once it is done. */
export function fileOf(file: StoredInvoiceFile, parts: readonly StoredPart[] = partsOf(file)): InvoiceFile {
  const { fileId, fileName, fileHash, sizeBytes, facts, counts, receivedAt, completedAt } = file
  const { test, invoices, lines, errorLines, askedCents } = facts
  const { acceptedLines = 0, refusedLines = 0, paidCents = 0 } = counts
  const answerKind = answerKindOf(file)
  return {
    ...{ fileId, state: stateOf(file), test },
    ...(answerKind === undefined ? {} : { answerKind }),
    ...(fileName === null ? {} : { fileName }),
    ...{ fileHash, sizeBytes, invoices, lines, acceptedLines, refusedLines, errorLines, askedCents, paidCents },
    parts: parts.map(({ records: _, ...part }) => part),
    receivedAt,
    ...(completedAt === null ? {} : { completedAt }),
  }
}
