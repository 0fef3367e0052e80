import type { AssessedLine, Assessment, Billed, LineBasis, LineOutcome } from '../domain/claim-input.ts'
import { placeOfBasis } from '../domain/line-basis.ts'
import type { Standing } from '../domain/standing.ts'
import type { RecordCode, StagedVerdict } from './types.ts'

const outcomes: readonly LineOutcome[] = ['accepted', 'corrected', 'refused']

type PackedLine = [
  nomenclature: string,
  careDate: string,
  units: number,
  providerNumber: string,
  variant: string,
  outcome: number,
  codes: readonly string[] | 0,
  askedCents: number,
  officialFeeCents: number,
  interventionCents: number,
  patientShareCents: number,
  supplementCents: number,
  basis: number,
  /** Most lines have none of these: then nothing stands here. */
  ...rest: [standing: Standing | 0, billed: Billed | 0] | [],
]

type PackedVerdict = [
  providerNumber: string,
  who: readonly [personId: string | null, insurer: string | null, ziekenfonds: string | null],
  codes: readonly string[],
  records: Readonly<Record<string, readonly RecordCode[]>>,
  places: readonly number[],
  askedCents: number,
  unlisted: number,
  bases: readonly LineBasis[],
  lines: readonly PackedLine[],
]

/** A verdict as it is staged: lists instead of names, since every invoice of every file is written and read again. */
export function packVerdict(verdict: StagedVerdict): string {
  const { personId = null, insurer = null, ziekenfonds = null, codes, lines } = verdict.assessment
  const bases: LineBasis[] = []
  const packed: PackedVerdict = [
    verdict.providerNumber,
    [personId, insurer, ziekenfonds],
    codes,
    verdict.records,
    verdict.places,
    verdict.askedCents,
    verdict.unlisted,
    bases,
    lines.map((line) => packLine(line, bases)),
  ]
  return JSON.stringify(packed)
}

function packLine(line: AssessedLine, bases: LineBasis[]): PackedLine {
  return [
    line.nomenclature,
    line.careDate,
    line.units,
    line.providerNumber,
    line.variant,
    outcomes.indexOf(line.outcome),
    line.codes.length === 0 ? 0 : line.codes,
    line.askedCents,
    line.officialFeeCents,
    line.interventionCents,
    line.patientShareCents,
    line.supplementCents,
    line.basis === undefined ? -1 : placeOfBasis(bases, line.basis),
    ...(line.standing === undefined && line.billed === undefined
      ? ([] as const)
      : ([line.standing ?? 0, line.billed ?? 0] as const)),
  ]
}

/** The verdict that was packed; lines that rest on the same share one basis. */
export function unpackVerdict(text: string): StagedVerdict {
  const [providerNumber, who, codes, records, places, askedCents, unlisted, bases, lines] = JSON.parse(
    text,
  ) as PackedVerdict
  const [personId, insurer, ziekenfonds] = who
  const assessment: Assessment = {
    ...(personId === null ? {} : { personId }),
    ...(insurer === null || ziekenfonds === null ? {} : { insurer, ziekenfonds }),
    codes,
    lines: lines.map((line, index) => unpackLine(line, index + 1, bases)),
  }
  return { providerNumber, assessment, records, places, askedCents, unlisted }
}

const noCodes: readonly string[] = []

function unpackLine(packed: PackedLine, number: number, bases: readonly LineBasis[]): AssessedLine {
  const line = {
    number,
    nomenclature: packed[0],
    careDate: packed[1],
    units: packed[2],
    providerNumber: packed[3],
    variant: packed[4],
    outcome: outcomes[packed[5]]!,
    codes: packed[6] === 0 ? noCodes : packed[6],
    askedCents: packed[7],
    officialFeeCents: packed[8],
    interventionCents: packed[9],
    patientShareCents: packed[10],
    supplementCents: packed[11],
  }
  const basis = bases[packed[12]]
  const usual = (basis === undefined ? line : { ...line, basis }) as AssessedLine
  if (packed.length === 13) return usual
  const [standing, billed] = packed.slice(13) as [Standing | 0, Billed | 0]
  return { ...usual, ...(standing === 0 ? {} : { standing }), ...(billed === 0 ? {} : { billed }) }
}

/** What is paid of an invoice when it is settled. */
export const paidCentsOf = (verdict: StagedVerdict): number =>
  verdict.assessment.lines.reduce((sum, line) => sum + line.interventionCents, 0)
