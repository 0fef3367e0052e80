import {
  type DmfaItem,
  readDmfaPieces,
  readSlipsCsvPieces,
  readSlipsJsonLinesPieces,
  type SlipItem,
} from '@ziv/formats'
import type { IsoDate } from '@ziv/kernel'
import { joinNumbers } from '../domain/employer-numbers.ts'
import type { SlipFileFormat, SlipFileItem } from './types.ts'

export interface ReadOptions {
  readonly today: IsoDate
  readonly maxIssues: number
}

/** Reads a slip file of any format as slips, refusals and issues, some at a time, with one `end` last. */
export async function* readSlipFile(
  source: AsyncIterable<Uint8Array>,
  format: SlipFileFormat,
  options: ReadOptions,
): AsyncGenerator<readonly SlipFileItem[]> {
  if (format === 'dmfa') {
    for await (const items of readDmfaPieces(source, options)) yield items.flatMap(itemOfDeclaration)
    return
  }
  const read = format === 'jsonl' ? readSlipsJsonLinesPieces : readSlipsCsvPieces
  for await (const items of read(source, { maxIssues: options.maxIssues })) yield items.map(itemOfRow)
}

function itemOfRow(item: SlipItem): SlipFileItem {
  if (item.kind === 'issue') return item
  if (item.kind === 'end') {
    return { kind: 'end', complete: item.end.complete, refused: item.end.rows - item.end.usable }
  }
  const { ssin: insz, employerNumber, quarter, amountCents, line } = item.slip
  return { kind: 'slip', line, insz, employerNumber, quarter, amountCents }
}

/** Contents that a contribution slip is made of; student work, early retirement and the like give no slip. */
const slipContents: ReadonlySet<string> = new Set(['occupations', 'dismissedStatutory'])

function itemOfDeclaration(item: DmfaItem): SlipFileItem | [] {
  if (item.kind === 'issue') return item
  if (item.kind === 'end') {
    return { kind: 'end', complete: item.end.complete, refused: item.end.workerRecords - item.end.usable }
  }
  if (item.kind !== 'workerRecord' || !item.record.usable) return []
  const { content, insz, quarter, employerNumber, enterpriseNumber, line, form, workerRecord } = item.record
  if (!slipContents.has(content)) {
    return { kind: 'withoutSlip', student: content === 'student', place: { line, form, workerRecord } }
  }
  if (insz === null || quarter === null) return []
  const employer = joinNumbers([employerNumber, enterpriseNumber])
  const { wageCents: amountCents, createdAt } = item.record
  const created = createdAt === null ? {} : { createdAt }
  return { kind: 'slip', line, insz, employerNumber: employer, quarter, amountCents, ...created, form, workerRecord }
}
