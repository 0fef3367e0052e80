import { writeDmfa } from '@ziv/formats'
import { addDays, type Cents, type IsoDate, type Quarter, quarterEnd } from '@ziv/kernel'

export interface DmfaLine {
  readonly insz: string
  readonly employerNumber: string
  /** Second number of the employer; those of a form are those of its first line. */
  readonly enterpriseNumber?: string
  readonly quarter: string
  readonly amountCents: number
  /** Day on which its form was created; default twenty days after the quarter. */
  readonly createdOn?: IsoDate
}

/** A declaration with one worker record per line; lines of one employer and quarter share a form. */
export function dmfaFile(lines: readonly DmfaLine[]): AsyncGenerator<Buffer> {
  const forms = Map.groupBy(lines, (line) => `${line.employerNumber}|${line.quarter}|${line.createdOn}`)
  return bytes(
    writeDmfa(
      [...forms.values()].map((form) => {
        const quarter = form[0]!.quarter as Quarter
        return {
          quarter,
          createdOn: form[0]!.createdOn ?? addDays(quarterEnd(quarter), 20),
          employerNumber: form[0]!.employerNumber,
          ...(form[0]!.enterpriseNumber === undefined ? {} : { enterpriseNumber: form[0]!.enterpriseNumber }),
          persons: form.map(({ insz, amountCents }) => ({
            insz,
            workerRecords: [
              {
                employerClass: '000',
                workerCode: '495',
                occupations: [
                  {
                    services: [{ code: '1', days: 6500, hours: 0 }],
                    remunerations: [{ code: '1', cents: amountCents as Cents }],
                  },
                ],
              },
            ],
          })),
        }
      }),
    ),
  )
}

async function* bytes(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield Buffer.from(part)
}

export async function textOf(source: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts).toString()
}
