import { isoDate, makeInsz, uuidV5 } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MemberImportRow, personIdOfRow } from '../index.ts'
import { takeRows } from '../testing/member-files.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world?.close())

const funds = ['306', '501', '600', '900', '101']

function row(n: number): MemberImportRow {
  const birthDate = isoDate(`19${60 + (n % 39)}-0${1 + (n % 9)}-1${n % 9}`)
  return {
    rowId: `row-${n}`,
    ssin: makeInsz(birthDate, 1 + (Math.floor(n / 117) % 990)),
    lastName: `Achternaam${n}`,
    firstNames: 'Voornaam',
    ziekenfonds: funds[n % 5] as string,
    capacity: 'EMPLOYEE',
    acquiredOn: isoDate('2020-03-15'),
    requestedOn: isoDate('2020-03-20'),
  }
}

test('an import registers, affiliates and insures, and a repeat changes nothing', async () => {
  const list = Array.from({ length: 1_200 }, (_, n) => row(n))
  const first = await takeRows(world, list)
  expect(first).toMatchObject({ imported: 1_200, repeated: 0, refused: 0 })
  const again = await takeRows(world, list)
  expect(again).toMatchObject({ imported: 0, repeated: 1_200, refused: 0 })
  const { rows: counts } = await world.database.query<{ events: string; outbox: string }>(
    'select (select count(*) from es.events) as events, (select count(*) from es.outbox) as outbox',
  )
  expect(counts[0]).toEqual({ events: '3602', outbox: '2400' })
})

test('a dependant follows its holder, whether the holder comes in the same chunk or an earlier one', async () => {
  const child = (rowId: string, holderRowId: string, serial: number) => ({
    ...row(0),
    ...{ rowId, holderRowId, ssin: makeInsz(isoDate('2015-05-05'), serial), capacity: 'DEPENDANT_CHILD' },
    acquiredOn: isoDate('2021-05-05'),
    requestedOn: isoDate('2021-06-01'),
  })
  const holder = { ...row(0), rowId: 'holder', ssin: makeInsz(isoDate('1980-01-01'), 5) }
  const result = await takeRows(world, [
    ...[holder, child('c1', 'holder', 1), child('c2', 'holder', 2)],
    child('c3', 'row-1', 3),
  ])
  expect(result).toMatchObject({ imported: 4, refused: 0 })
  const view = await world.call('system', 'GET', `/persons/${personIdOfRow('holder')}`)
  expect(view.body.dependants).toMatchObject([{ current: true }, { current: true }])
  const later = await world.call('system', 'GET', `/persons/${personIdOfRow('holder')}?asOf=2041-01-01`)
  const grownUp = { to: '2040-05-04', current: false }
  expect(later.body.dependants).toMatchObject([grownUp, grownUp])
  const third = await world.call('system', 'GET', `/persons/${personIdOfRow('c3')}`)
  expect(third.body).toMatchObject({
    ziekenfonds: '501',
    capacities: [{ capacity: 'DEPENDANT_CHILD', from: '2021-05-05', current: true }],
  })
  const grown = await world.call('system', 'GET', `/persons/${personIdOfRow('c3')}?asOf=2041-01-01`)
  expect(grown.body.capacities).toMatchObject([{ from: '2021-05-05', to: '2040-05-04', current: false }])
})

test('a child of 25 is refused, although the record of the old system says that it depends', async () => {
  const born = isoDate('1996-05-05')
  const grown = { ...row(0), rowId: 'grown', holderRowId: 'holder', capacity: 'DEPENDANT_CHILD' }
  const { issues } = await takeRows(world, [
    { ...grown, ssin: makeInsz(born, 9), acquiredOn: '2021-05-05', requestedOn: '2021-06-01' },
  ])
  expect(issues).toEqual([{ line: 1, code: 'childTooOld', en: expect.stringMatching(/turns 25; .* 5 May 2021/) }])
})

test('every refused row is told with its line, and the others go in', async () => {
  const good = { ...row(0), rowId: 'good', ssin: makeInsz(isoDate('1970-02-03'), 77) }
  const list = [
    { ...row(0), rowId: 'taken' },
    { ...good, rowId: 'wrong', ssin: '93051822362' },
    { nonsense: true },
    good,
    { ...good, rowId: 'twice' },
    { ...row(1), rowId: 'orphan', ssin: makeInsz(isoDate('2016-02-03'), 7), capacity: 'DEPENDANT_CHILD' },
    { ...row(1), rowId: 'fund', ssin: makeInsz(isoDate('1971-02-03'), 7), ziekenfonds: '777' },
  ]
  const result = await takeRows(world, list)
  // of a line without its fields each of them is told
  const told = new Map(result.issues.map(({ line, code }) => [line, code]))
  expect([...told]).toEqual([
    [1, 'inszAlreadyRegistered'],
    [2, 'inszInvalid'],
    [3, 'lineInvalid'],
    [5, 'inszAlreadyRegistered'],
    [6, 'holderNotFound'],
    [7, 'ziekenfondsUnknown'],
  ])
  expect(result).toMatchObject({ imported: 1, refused: 6 })
})

test('the log, the index of numbers and the chains agree after imports', async () => {
  for await (const finding of world.module.verify()) {
    expect(finding).toMatchObject({ ok: true })
    // no file came in: its rows were imported in process
    const ofFiles = ['affiliation: answers to files', 'affiliation: what is staged'].some((check) =>
      finding.check.startsWith(check),
    )
    expect([finding.check, finding.examined > 1_000]).toEqual([finding.check, !ofFiles])
  }
  expect(uuidV5('member-import/row-1')).toBe(personIdOfRow('row-1'))
})
