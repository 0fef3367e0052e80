import { type Cents, cents, type IsoDate } from '@ziv/kernel'
import type { z } from 'zod'
import type { ClaimEvent, claimLine } from './claim.events.ts'
import type { AssessedLine, Billed, LineBasis } from './claim-input.ts'
import { placeOfBasis } from './line-basis.ts'
import type { Standing } from './standing.ts'

type StoredLine = z.infer<typeof claimLine>

const none = cents(0)

/** The lines as they rest in the event, with what their prices rest on told once. */
export function storedLines(lines: readonly AssessedLine[]): { lines: StoredLine[]; bases: LineBasis[] } {
  const bases: LineBasis[] = []
  return { lines: lines.map((line) => storedLine(line, bases)), bases }
}

function storedLine(line: AssessedLine, bases: LineBasis[]): StoredLine {
  const { nomenclature, careDate, providerNumber, askedCents, outcome } = line
  const stored: StoredLine = { nomenclature, careDate, providerNumber, askedCents }
  if (line.interventionCents !== 0) stored.interventionCents = line.interventionCents
  if (line.patientShareCents !== 0) stored.patientShareCents = line.patientShareCents
  if (line.supplementCents !== 0) stored.supplementCents = line.supplementCents
  if (line.officialFeeCents !== usualFee(line)) stored.officialFeeCents = line.officialFeeCents
  if (line.units !== 1) stored.units = line.units
  if (line.variant !== '') stored.variant = line.variant
  if (outcome !== 'accepted') stored.outcome = outcome
  if (line.codes.length > 0) stored.codes = [...line.codes]
  if (line.standing !== undefined) stored.standing = line.standing as StoredLine['standing']
  if (line.billed !== undefined) stored.billed = { ...line.billed }
  const basis = line.basis === undefined ? 0 : placeOfBasis(bases, line.basis)
  if (basis !== 0) stored.basis = basis
  return stored
}

const usualFee = ({ outcome, askedCents }: Pick<AssessedLine, 'outcome' | 'askedCents'>): Cents =>
  outcome === 'refused' ? none : askedCents

/** The lines of an event, whole again. */
export function assessedLines({ lines, bases }: ClaimEvent['data']): readonly AssessedLine[] {
  return lines.map((line, index): AssessedLine => {
    const outcome = line.outcome ?? 'accepted'
    const askedCents = line.askedCents as Cents
    return {
      number: index + 1,
      nomenclature: line.nomenclature,
      careDate: line.careDate as IsoDate,
      units: line.units ?? 1,
      providerNumber: line.providerNumber,
      variant: line.variant ?? '',
      outcome,
      codes: line.codes ?? [],
      askedCents,
      officialFeeCents: (line.officialFeeCents as Cents | undefined) ?? usualFee({ outcome, askedCents }),
      interventionCents: (line.interventionCents as Cents | undefined) ?? none,
      patientShareCents: (line.patientShareCents as Cents | undefined) ?? none,
      supplementCents: (line.supplementCents as Cents | undefined) ?? none,
      ...(outcome === 'refused' ? {} : { basis: bases[line.basis ?? 0] as LineBasis }),
      ...(line.standing === undefined ? {} : { standing: line.standing as Standing }),
      ...(line.billed === undefined ? {} : { billed: line.billed as Billed }),
    }
  })
}
