import { type Cents, cents, type IsoDate } from '@ziv/kernel'
import type { z } from 'zod'
import type { ClaimEvent, claimLine } from './claim.events.ts'
import type { AssessedLine, LineBasis } from './claim-input.ts'
import { placeOfBasis } from './line-basis.ts'

type StoredLine = z.infer<typeof claimLine>

const none = cents(0)

/** The lines as they rest in the event, with what their prices rest on told once. */
export function storedLines(lines: readonly AssessedLine[]): { lines: StoredLine[]; bases: LineBasis[] } {
  const bases: LineBasis[] = []
  return { lines: lines.map((line) => storedLine(line, bases)), bases }
}

function storedLine(line: AssessedLine, bases: LineBasis[]): StoredLine {
  const stored: StoredLine = {
    number: line.number,
    nomenclature: line.nomenclature,
    careDate: line.careDate,
    units: line.units,
    providerNumber: line.providerNumber,
    outcome: line.outcome,
    askedCents: line.askedCents,
  }
  if (line.variant !== '') stored.variant = line.variant
  if (line.codes.length > 0) stored.codes = [...line.codes]
  if (line.officialFeeCents !== 0) stored.officialFeeCents = line.officialFeeCents
  if (line.interventionCents !== 0) stored.interventionCents = line.interventionCents
  if (line.patientShareCents !== 0) stored.patientShareCents = line.patientShareCents
  if (line.supplementCents !== 0) stored.supplementCents = line.supplementCents
  if (line.basis !== undefined) stored.basis = placeOfBasis(bases, line.basis)
  return stored
}

/** The lines of an event, whole again. */
export function assessedLines({ lines, bases }: ClaimEvent['data']): readonly AssessedLine[] {
  return lines.map((line): AssessedLine => {
    const basis = line.basis === undefined ? undefined : (bases[line.basis] as LineBasis | undefined)
    return {
      number: line.number,
      nomenclature: line.nomenclature,
      careDate: line.careDate as IsoDate,
      units: line.units,
      providerNumber: line.providerNumber,
      variant: line.variant ?? '',
      outcome: line.outcome,
      codes: line.codes ?? [],
      askedCents: line.askedCents as Cents,
      officialFeeCents: (line.officialFeeCents as Cents | undefined) ?? none,
      interventionCents: (line.interventionCents as Cents | undefined) ?? none,
      patientShareCents: (line.patientShareCents as Cents | undefined) ?? none,
      supplementCents: (line.supplementCents as Cents | undefined) ?? none,
      ...(basis === undefined ? {} : { basis }),
    }
  })
}
