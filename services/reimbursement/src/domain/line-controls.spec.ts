import { cents, isoDate, makeRizivNumber, rizivCore } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { claimOf, facts, line, member, provider, seedTable, split } from '../testing/facts.ts'
import { assessClaim } from './assess-claim.ts'
import { serviceKey } from './assess-line.ts'

type Changes = Parameters<typeof line>[0]
const assessed = (changes: Changes, other: Parameters<typeof facts>[0] = {}, timeBarLifted = false) =>
  assessClaim(claimOf([line(changes)], { timeBarLifted }), facts(other)).lines[0]!
const today = isoDate('2024-06-10')

describe('a line is refused', () => {
  test.each<[string, Changes, string]>([
    ['whose nomenclature code has a wrong last digit', { nomenclature: '101033' }, '500402'],
    ['whose nomenclature code does not exist', { nomenclature: '999935' }, '500403'],
    ['given no times', { units: 0 }, '502203'],
    ['of a provider whose number has wrong check digits', { providerNumber: '10000000017' }, '501502'],
    ['that asks less than nothing', { askedCents: cents(-1) }, '501903'],
    ['that asks less than nothing of the insurance', split(-1, 600), '501903'],
    ['that asks less than nothing of the patient', split(1968, -1), '501903'],
    ['with a supplement below nothing', split(1968, 600, -1), '501903'],
    ['of tomorrow', { careDate: isoDate('2024-06-11') }, '500510'],
    ['of more than two years ago', { careDate: isoDate('2022-05-31') }, '500546'],
  ])('%s', (_name, changes, code) => {
    expect(assessed(changes)).toMatchObject({ outcome: 'refused', codes: [code], interventionCents: 0 })
  })

  test('of a code that exists while no tariff is known for the day', () => {
    const careDate = isoDate('2024-05-06')
    expect(assessed({ careDate }, { tariff: () => undefined })).toMatchObject({ outcome: 'refused', codes: ['500420'] })
  })

  test('when the tariff depends on an age that nobody knows', () => {
    const found = seedTable().find('101032', isoDate('2024-05-06'))!
    const row = { ...found.row, amounts: [{ when: { ageBelow: 50 }, interventionCents: cents(1500) }] }
    const tariff = () => ({ ...found, row })
    expect(assessed({}, { tariff })).toMatchObject({ outcome: 'accepted', interventionCents: 1500 })
    const person = { ...member(), birthDate: null }
    expect(assessed({}, { tariff, person })).toMatchObject({ outcome: 'refused', codes: ['500420'] })
  })

  test('when more is asked of the patient than the law lets, so that the provider bills it again', () => {
    expect(assessed(split(1968, 601))).toMatchObject({ outcome: 'refused', codes: ['502742'], patientShareCents: 0 })
  })

  test('for what the reading of the file found, told once beside what is found here', () => {
    expect(assessed({ formCodes: ['500101'] })).toMatchObject({ outcome: 'refused', codes: ['500101'] })
    expect(assessed({ formCodes: ['502203'], units: 0 }).codes).toEqual(['502203'])
    expect(assessed({ formCodes: ['500101'], units: 0 }).codes).toEqual(['500101', '502203'])
  })

  test('and is answered as it was asked', () => {
    const asked = { careDate: isoDate('2024-05-07'), variant: 'n03', units: 0, nomenclature: '102012' }
    expect(assessed(asked)).toMatchObject({ ...asked, number: 1, providerNumber: provider, askedCents: 2568 })
  })
})

describe('a line is paid', () => {
  test('also for care of today, and when it costs nothing', () => {
    expect(assessed({ careDate: today })).toMatchObject({ outcome: 'accepted', interventionCents: 1968 })
    expect(assessed({ askedCents: cents(0) })).toMatchObject({ outcome: 'accepted', interventionCents: 0 })
    expect(assessed(split(0, 0))).not.toMatchObject({ codes: ['501903'] })
  })

  test('after two years when the time bar is lifted', () => {
    const late = { careDate: isoDate('2022-05-31') }
    expect(assessed(late, {}, true)).toMatchObject({ outcome: 'accepted' })
    expect(assessed({ careDate: isoDate('2024-06-11') }, {}, true)).toMatchObject({ outcome: 'refused' })
  })

  test('of somebody who died that day', () => {
    const person = { ...member(), diedOn: isoDate('2024-05-06') }
    expect(assessed({}, { person })).toMatchObject({ outcome: 'accepted' })
    expect(assessed({ careDate: isoDate('2024-05-07') }, { person }).codes).toEqual(['500549'])
  })

  test('at less when the patient was referred and the tariff says so, and the price keeps that it was', () => {
    const found = seedTable().find('102012', isoDate('2024-05-06'))!
    const tariff = () => ({ ...found, row: { ...found.row, referralReduces: true } })
    const [plain, referred] = [false, true].map((referral) =>
      assessed({ referral, askedCents: cents(5000) }, { tariff }),
    )
    expect([plain?.basis?.referral, referred?.basis?.referral]).toEqual([false, true])
    expect(referred!.patientShareCents).toBeLessThan(plain!.patientShareCents)
  })
})

describe('a supplement of a provider bound by the agreement', () => {
  const dear = { askedCents: cents(3000) }
  test('is told, and does not keep the line from being accepted', () => {
    const told = { outcome: 'accepted', codes: ['503042'], supplementCents: 432 }
    expect(assessed(dear)).toMatchObject(told)
    expect(assessed(split(1968, 600, 432))).toMatchObject(told)
  })

  test('is nobody’s concern when the provider joined no agreement', () => {
    expect(assessed({ ...dear, convention: 'nonConventioned' })).toMatchObject({ codes: [], supplementCents: 432 })
  })

  test('is told of one who joined it for part of the time only in that time, and the price keeps which it was', () => {
    const partly = (withinAgreement?: boolean) =>
      assessed({ ...dear, convention: 'partial', ...(withinAgreement === undefined ? {} : { withinAgreement }) })
    expect(partly(true)).toMatchObject({ codes: ['503042'], basis: { withinAgreement: true } })
    expect(partly(false)).toMatchObject({ codes: [], basis: { withinAgreement: false } })
    expect(partly().codes).toEqual([])
    expect(partly().basis).not.toHaveProperty('withinAgreement')
  })

  test('is not one when the provider asks no supplement: what is too much is not paid', () => {
    const high = assessed(split(2400, 600))
    expect(high).toMatchObject({ outcome: 'corrected', codes: ['501940'], interventionCents: 1968 })
  })
})

describe('the same service', () => {
  const twice = (changes: Changes) =>
    assessClaim(claimOf([line(), line({ number: 2, ...changes })]), facts()).lines[1]!.codes

  test('is that of one provider, under whatever qualification', () => {
    const other = `${rizivCore(provider)}${provider.slice(8) === '004' ? '003' : '004'}`
    expect(twice({ providerNumber: other })).toEqual(['500423'])
    expect(twice({ providerNumber: makeRizivNumber(110_004, 4) as string })).toEqual([])
  })

  test('is another one on another day, by another code or of another tooth', () => {
    expect(twice({ careDate: isoDate('2024-05-07') })).toEqual([])
    expect(twice({ variant: 'n03' })).toEqual([])
    expect(twice({ nomenclature: '102012', askedCents: cents(2075) })).not.toContain('500423')
  })

  test('paid before is told otherwise than one that stands earlier in the file', () => {
    const known = serviceKey(line())
    const told = (answer: 'paid' | 'repeated') => (key: string) => (key === known ? answer : undefined)
    expect(assessed({}, { duplicate: told('paid') }).codes).toEqual(['500544'])
    expect(assessed({}, { duplicate: told('repeated') }).codes).toEqual(['500423'])
  })
})
