import { type Instant, isoDate, parseNomenclatureCode } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { codeExists, professionOf } from '../projections/nomenclature.ts'
import { seedTariffs } from '../projections/seed-tariffs.ts'
import { seedTable } from '../testing/facts.ts'
import { type RecordedTariff, TariffTable } from './tariff-table.ts'

const row = (tariffId: number, validFrom: string, changes: Partial<RecordedTariff> = {}): RecordedTariff => ({
  tariffId,
  code: '101032',
  validFrom: isoDate(validFrom),
  validTo: null,
  reliableTo: null,
  profession: 'doctor',
  feeCents: tariffId,
  amounts: [],
  patientShareParameter: null,
  referralReduces: false,
  source: 'spec',
  confidence: 'verified',
  recordedAt: `202${tariffId}-01-01T00:00:00.000Z` as Instant,
  ...changes,
})
const found = (table: TariffTable, day: string, knownAt?: string) =>
  table.find('101032', isoDate(day), { at: knownAt as Instant | undefined })?.recorded.tariffId

describe('a tariff table', () => {
  test('uses the row that starts last before the day', () => {
    const table = new TariffTable()
    for (const item of [row(2, '2024-01-01'), row(1, '2021-01-01')]) table.add(item)
    expect(['2020-12-31', '2021-01-01', '2023-12-31', '2024-01-01'].map((day) => found(table, day))).toEqual([
      undefined,
      1,
      1,
      2,
    ])
  })

  test('keeps what was known before a row was replaced', () => {
    const table = new TariffTable()
    for (const item of [row(1, '2021-01-01'), row(2, '2021-01-01'), row(3, '2022-01-01')]) table.add(item)
    expect(found(table, '2023-01-01')).toBe(3)
    expect(found(table, '2023-01-01', '2022-06-01T00:00:00.000Z')).toBe(2)
    expect(found(table, '2023-01-01', '2021-06-01T00:00:00.000Z')).toBe(1)
    expect(found(table, '2021-06-01')).toBe(2)
  })

  test('has nothing after an end that the source states', () => {
    const table = new TariffTable()
    table.add(row(1, '2021-01-01', { validTo: isoDate('2021-12-31') }))
    expect([found(table, '2021-12-31'), found(table, '2022-01-01')]).toEqual([1, undefined])
  })

  test('knows a row from the very moment it was recorded', () => {
    const table = new TariffTable()
    table.add(row(1, '2021-01-01'))
    expect(found(table, '2021-06-01', '2021-01-01T00:00:00.000Z')).toBe(1)
    expect(found(table, '2021-06-01', '2020-12-31T23:59:59.999Z')).toBeUndefined()
  })

  test('is sure of a row up to the last day its source vouches for, and assumes it after', () => {
    const table = new TariffTable()
    table.add(row(1, '2021-01-01', { reliableTo: isoDate('2021-12-31') }))
    const confidence = (day: string) => table.find('101032', isoDate(day))?.row.confidence
    expect(['2021-01-01', '2021-12-31', '2022-01-01', '2021-12-30'].map(confidence)).toEqual([
      ...['verified', 'verified', 'assumed', 'verified'],
    ])
    const open = new TariffTable()
    open.add(row(1, '2021-01-01', { confidence: 'secondary' }))
    expect(open.find('101032', isoDate('2099-01-01'))?.row.confidence).toBe('secondary')
  })

  test('tells the history of a code, newest start first and of one start the row recorded last', () => {
    const table = new TariffTable()
    const rows = [row(2, '2021-01-01'), row(4, '2022-01-01'), row(3, '2021-01-01'), row(1, '2020-01-01')]
    for (const item of rows) table.add(item)
    expect(table.historyOf('101032').map(({ tariffId }) => tariffId)).toEqual([4, 3, 2, 1])
    expect(table.historyOf('102012')).toEqual([])
    expect([table.lastId, new TariffTable().lastId]).toEqual([4, 0])
    expect([table.has('101032'), table.has('102012'), [...table.codes]]).toEqual([true, false, ['101032']])
  })

  test('gives the price rule what the row says and nothing that it leaves out', () => {
    const table = new TariffTable()
    const amounts = [{ when: {}, interventionCents: 5 as never }]
    const parameter = 'reimbursement/patient-share-specialist'
    table.add(row(1, '2021-01-01'))
    table.add(row(2, '2022-01-01', { amounts, patientShareParameter: parameter, referralReduces: true }))
    const [bare, full] = ['2021-01-01', '2022-01-01'].map((day) => table.find('101032', isoDate(day))?.row)
    const common = { code: '101032', to: null, profession: 'doctor', confidence: 'verified' }
    expect(bare).toEqual({ ...common, from: '2021-01-01', feeCents: 1 })
    const said = { amounts, patientShareParameter: parameter, referralReduces: true }
    expect(full).toEqual({ ...common, from: '2022-01-01', feeCents: 2, ...said })
    expect(table.find('101032', isoDate('2022-05-05'))).toBe(table.find('101032', isoDate('2022-05-06')))
  })
})

describe('the tariffs that come with the service', () => {
  test('have valid codes and amounts that do not exceed the fee', () => {
    const { tariffs } = seedTariffs()
    expect(tariffs.length).toBeGreaterThan(60)
    for (const tariff of tariffs) {
      expect(parseNomenclatureCode(tariff.code).ok).toBe(true)
      for (const { interventionCents } of tariff.amounts) expect(interventionCents).toBeLessThanOrEqual(tariff.feeCents)
      expect(tariff.source).not.toBe('')
    }
  })

  test('cover the codes of everyday care from 2023 on', () => {
    const table = seedTable()
    const everyday = [
      '101010',
      '101032',
      '101076',
      '102012',
      '102034',
      '102734',
      '560011',
      '425014',
      '425110',
      '301593',
    ]
    for (const code of everyday) {
      for (const day of ['2023-01-01', '2024-06-10', '2025-12-31', '2026-11-22']) {
        expect(table.find(code, isoDate(day)), `${code} on ${day}`).toBeDefined()
      }
    }
  })
})

test('codes are known from the list and professions from their chapter', () => {
  expect([codeExists('101032'), codeExists('999935')]).toEqual([true, false])
  expect(['101032', '560011', '425110', '302153', '880011'].map(professionOf)).toEqual([
    'doctor',
    'physiotherapist',
    'nurse',
    'dentist',
    'other',
  ])
})
