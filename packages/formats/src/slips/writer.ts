import { cents, isoDate, makeInsz, makeRszNumber, parseEmployerNumber, quarterOfParts } from '@ziv/kernel'
import { inPieces } from '../xml/write.ts'
import { columns } from './columns.ts'
import type { SlipInput } from './types.ts'

type Slips = Iterable<SlipInput> | AsyncIterable<SlipInput>

/** Slips as CSV with commas, columns as in `columns.ts`. */
export function writeSlipsCsv(slips: Slips): AsyncGenerator<string> {
  return inPieces(csvLines(slips))
}

/** Slips as JSON Lines. */
export function writeSlipsJsonLines(slips: Slips): AsyncGenerator<string> {
  return inPieces(jsonLines(slips))
}

/** A small file with made-up slips, for people who want to write one themselves. */
export async function slipExample(format: 'csv' | 'jsonl'): Promise<string> {
  let file = ''
  const write = format === 'csv' ? writeSlipsCsv : writeSlipsJsonLines
  for await (const piece of write(examples())) file += piece
  return file
}

function examples(): readonly SlipInput[] {
  const employerNumber = makeRszNumber(1_234_567)
  return [
    {
      ssin: makeInsz(isoDate('1985-06-15'), 101),
      employerNumber,
      quarter: quarterOfParts(2026, 1),
      amountCents: cents(912_345),
      days: 6_400,
      hours: 48_640,
      employerClass: '010',
      workerCode: '495',
      reference: 'example 1',
    },
    {
      ssin: makeInsz(isoDate('2001-02-03'), 204),
      employerNumber,
      quarter: quarterOfParts(2026, 1),
      amountCents: cents(455_000),
      days: 3_200,
    },
  ]
}

async function* csvLines(slips: Slips): AsyncGenerator<string> {
  yield `${columns.map((column) => column.name).join(',')}\n`
  for await (const slip of slips) yield `${columns.map(({ name }) => csvField(columnOf(slip, name))).join(',')}\n`
}

async function* jsonLines(slips: Slips): AsyncGenerator<string> {
  for await (const slip of slips) {
    const present = columns
      .map(({ name }) => [name, columnOf(slip, name)] as const)
      .filter(([, value]) => value != null)
    yield `${JSON.stringify(Object.fromEntries(present))}\n`
  }
}

const columnOf = (slip: SlipInput, name: string): string | number | null | undefined =>
  name === 'employerNumber' ? employerOf(slip.employerNumber) : slip[name as keyof SlipInput]

/** Nine digits that a reader could take for an enterprise number without its zero are told apart by the word in front. */
const employerOf = (number: string): string => (parseEmployerNumber(number).ok ? number : `RSZ ${number}`)

function csvField(value: string | number | null | undefined): string {
  const text = String(value ?? '').replace(/[\r\n]/gu, ' ')
  return /[",;\t]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
