import { readDmfa, readSlipsCsv, readSlipsJsonLines } from '@ziv/formats'
import type { IsoDate } from '@ziv/kernel'
import { placeText } from './place-text.ts'
import type { SlipFileFormat, SlipFileItem } from './types.ts'

export interface ReadOptions {
  readonly today: IsoDate
  readonly maxIssues: number
}

/** Reads a slip file of any format as a stream of slips, refusals and issues, with one `end` last. */
export async function* readSlipFile(
  source: AsyncIterable<Uint8Array>,
  format: SlipFileFormat,
  options: ReadOptions,
): AsyncGenerator<SlipFileItem> {
  if (format === 'dmfa') {
    yield* readDeclarations(source, options)
    return
  }
  const read = format === 'jsonl' ? readSlipsJsonLines : readSlipsCsv
  for await (const item of read(source, { maxIssues: options.maxIssues })) {
    if (item.kind === 'slip') {
      const { insz, employerNumber, quarter, wageCents, line } = item.slip
      yield { kind: 'slip', line, insz, employerNumber, quarter, amountCents: wageCents, place: placeText({ line }) }
    } else if (item.kind === 'end') {
      yield { kind: 'end', complete: item.end.complete, refused: item.end.rows - item.end.usable }
    } else yield item
  }
}

/** Contents that a contribution slip is made of; student work, early retirement and the like give no slip. */
const slipContents: ReadonlySet<string> = new Set(['occupations', 'dismissedStatutory'])

async function* readDeclarations(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<SlipFileItem> {
  for await (const item of readDmfa(source, options)) {
    if (item.kind === 'issue') yield item
    else if (item.kind === 'end') {
      yield { kind: 'end', complete: item.end.complete, refused: item.end.workerRecords - item.end.usable }
    } else if (item.kind === 'workerRecord' && item.record.usable && slipContents.has(item.record.content)) {
      const { insz, quarter, employerNumber, enterpriseNumber, wageCents, line, form, workerRecord } = item.record
      if (insz === null || quarter === null) continue
      const employer = employerNumber ?? enterpriseNumber ?? ''
      const place = placeText({ line, form, workerRecord })
      yield { kind: 'slip', line, insz, employerNumber: employer, quarter, amountCents: wageCents, place }
    }
  }
}
