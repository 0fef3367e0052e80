import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isoDate, parseEuro, unwrap } from '@ziv/kernel'
import { type Confidence, type Profession, type TariffAmount, type TariffConditions, weakestConfidence } from '@ziv/law'
import { parse } from 'csv-parse/sync'
import type { RecordedTariff } from '../domain/tariff-table.ts'

/** A row before it is recorded. */
export type NewTariff = Omit<RecordedTariff, 'tariffId' | 'recordedAt'>

type Column =
  | 'code'
  | 'from'
  | 'reliable_to'
  | 'profession'
  | 'fee'
  | 'normal'
  | 'preferential'
  | 'normal_gmd'
  | 'preferential_gmd'
  | 'age_from'
  | 'age_below'
  | 'chronic'
  | 'share_parameter'
  | 'referral_reduces'
  | 'source'
  | 'confidence'
type Line = Readonly<Record<Column, string>>

const file = new URL('../../data/tariffs.csv', import.meta.url)

/** The tariffs that come with the service: dated facts with their source; the hash tells whether they were recorded. */
export function seedTariffs(): { readonly hash: Buffer; readonly tariffs: readonly NewTariff[] } {
  const bytes = readFileSync(file)
  const lines = parse(bytes, { columns: true }) as Line[]
  const byRow = Map.groupBy(lines, (line) => `${line.code}/${line.from}`)
  return {
    hash: createHash('sha256').update(bytes).digest(),
    tariffs: [...byRow.values()].map((group) => tariffOf(group[0]!, group)),
  }
}

const centsOf = (euro: string) => unwrap(parseEuro(euro))

function tariffOf(first: Line, group: readonly Line[]): NewTariff {
  return {
    code: first.code,
    validFrom: isoDate(first.from),
    validTo: null,
    reliableTo: first.reliable_to === '' ? null : isoDate(first.reliable_to),
    profession: first.profession as Profession,
    feeCents: centsOf(first.fee),
    amounts: group.flatMap(amountsOf),
    patientShareParameter: first.share_parameter === '' ? null : first.share_parameter,
    referralReduces: first.referral_reduces === '1',
    source: first.source,
    confidence: weakestConfidence(group.map((line) => line.confidence as Confidence)),
  }
}

/** The amounts of one line: each column is a combination of VT and GMD, the line adds its age band. */
function amountsOf(line: Line): readonly TariffAmount[] {
  const band = {
    ...(line.age_from === '' ? {} : { ageFrom: Number(line.age_from) }),
    ...(line.age_below === '' ? {} : { ageBelow: Number(line.age_below) }),
    ...(line.chronic === '' ? {} : { chronic: line.chronic === '1' }),
  }
  const cases: readonly (readonly [string, TariffConditions])[] = [
    [line.normal, { preferential: false }],
    [line.preferential, { preferential: true }],
    [line.normal_gmd, { preferential: false, gmd: true }],
    [line.preferential_gmd, { preferential: true, gmd: true }],
  ]
  return cases.flatMap(([euro, when]) =>
    euro === '' ? [] : [{ when: { ...when, ...band }, interventionCents: centsOf(euro) }],
  )
}
