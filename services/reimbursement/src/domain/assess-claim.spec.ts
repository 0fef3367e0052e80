import { addDays, cents, isoDate } from '@ziv/kernel'
import type { Convention } from '@ziv/law'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimOf, facts, line, member, personId, seedTable, split } from '../testing/facts.ts'
import { assessClaim } from './assess-claim.ts'

const assessLineOf = (changes: Parameters<typeof line>[0], other: Parameters<typeof facts>[0] = {}) =>
  assessClaim(claimOf([line(changes)]), facts(other)).lines[0]!

describe('the price of a line', () => {
  test('is intervention and remgeld of the tariff on the day of care', () => {
    expect(assessLineOf({})).toMatchObject({
      outcome: 'accepted',
      codes: [],
      officialFeeCents: 2568,
      interventionCents: 1968,
      patientShareCents: 600,
      supplementCents: 0,
      basis: { tariffFrom: '2024-01-01', confidence: 'verified', preferential: false, gmd: false },
    })
  })

  test('follows increased intervention and global medical file on the days they hold', () => {
    const statuses = [
      { statusId: 'a', kind: 'increasedIntervention', from: isoDate('2024-05-01'), to: isoDate('2024-05-10') },
      { statusId: 'b', kind: 'globalMedicalFile', from: isoDate('2024-05-08'), to: null },
    ] as const
    const shares = ['2024-04-30', '2024-05-01', '2024-05-08', '2024-05-11'].map(
      (day) => assessLineOf({ careDate: isoDate(day) }, { statuses }).patientShareCents,
    )
    expect(shares).toEqual([600, 150, 100, 400])
  })

  test('is an assumption after the last day the source vouches for', () => {
    const old = assessLineOf({ nomenclature: '102012', askedCents: cents(2075) })
    expect(old).toMatchObject({ interventionCents: 875, patientShareCents: 1200, basis: { confidence: 'assumed' } })
  })

  test('of 2023 is that of the row of 2021, told as an assumption', () => {
    const before = assessLineOf({ careDate: isoDate('2023-05-06'), askedCents: cents(1993) })
    expect(before).toMatchObject({ interventionCents: 1393, patientShareCents: 600, basis: { confidence: 'assumed' } })
  })

  test('at a physiotherapist outside the agreement is a quarter lower', () => {
    const outside = assessLineOf({ nomenclature: '560011', askedCents: cents(3000), convention: 'nonConventioned' })
    expect(outside).toMatchObject({ interventionCents: 1781, patientShareCents: 1219, supplementCents: 0 })
  })
})

describe('the split of the provider', () => {
  test('that asks less of the insurance is paid as asked, the rest is a supplement', () => {
    expect(assessLineOf(split(1900, 600, 68))).toMatchObject({
      outcome: 'corrected',
      codes: ['501940'],
      interventionCents: 1900,
      patientShareCents: 600,
      supplementCents: 68,
    })
  })

  test('that asks less of the patient is paid and told', () => {
    expect(assessLineOf(split(1968, 0))).toMatchObject({ outcome: 'accepted', codes: [], interventionCents: 1968 })
    expect(assessLineOf(split(2168, 400))).toMatchObject({ codes: ['501940', '502740'], interventionCents: 1968 })
  })

  test('with a negative amount is refused', () => {
    expect(assessLineOf(split(-1968, -600))).toMatchObject({ outcome: 'refused', codes: ['501903'] })
  })
})

describe('a claim as a whole', () => {
  test('belongs to the insurer of the first day of care', () => {
    expect(assessClaim(claimOf([line()]), facts())).toMatchObject({ personId, insurer: '300', ziekenfonds: '306' })
  })

  test('of an erased person is that of nobody', () => {
    const person = { ...member(), erased: true }
    const assessed = assessClaim(claimOf([line()]), facts({ person }))
    expect(assessed).toMatchObject({ codes: ['200820'], lines: [{ outcome: 'refused', codes: [] }] })
    expect(assessed).not.toHaveProperty('personId')
  })

  test('sent to an insurer outside this cell is refused', () => {
    const elsewhere = assessClaim(claimOf([line()], { destination: '500' }), facts({ insurers: ['300'] }))
    expect(elsewhere.codes).toEqual(['201810'])
  })

  test('sent to the landsbond instead of the ziekenfonds is accepted', () => {
    expect(assessClaim(claimOf([line()], { destination: '300', affiliation: '000' }), facts()).codes).toEqual([])
  })

  test('with the same service twice pays it once', () => {
    const assessed = assessClaim(claimOf([line(), line({ number: 2 }), line({ number: 3, variant: 'n03' })]), facts())
    expect(assessed.lines.map((item) => item.codes)).toEqual([[], ['500423'], []])
  })
})

const codes = [...seedTable().codes]
const anyLine = fc.record({
  nomenclature: fc.constantFrom(...codes, '000000', '999935'),
  careDate: fc.integer({ min: -800, max: 60 }).map((days) => addDays(isoDate('2024-06-10'), days)),
  units: fc.integer({ min: -1, max: 5 }),
  convention: fc.constantFrom<Convention>('conventioned', 'partial', 'nonConventioned'),
  insurance: fc.integer({ min: -10, max: 20_000 }),
  patient: fc.integer({ min: 0, max: 5_000 }),
  supplement: fc.integer({ min: 0, max: 5_000 }),
  told: fc.boolean(),
})
const anyStatuses = fc
  .subarray(['increasedIntervention', 'globalMedicalFile'] as const)
  .map((kinds) => kinds.map((kind) => ({ statusId: kind, kind, from: isoDate('2023-01-01'), to: null })))

describe('whatever is claimed', () => {
  test('what is paid, the remgeld and the supplement are together what was asked, and nothing is negative', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), anyStatuses, (lines, statuses) => {
        const inputs = lines.map(({ insurance, patient, supplement, told, ...rest }, index) => {
          const { split: given, askedCents } = split(insurance, patient, supplement)
          return line({ ...rest, number: index + 1, askedCents, ...(told ? { split: given } : {}) })
        })
        const assessed = assessClaim(claimOf(inputs), facts({ statuses }))
        for (const [index, item] of assessed.lines.entries()) {
          const { interventionCents, patientShareCents, supplementCents, askedCents, outcome } = item
          expect(Math.min(interventionCents, patientShareCents, supplementCents)).toBeGreaterThanOrEqual(0)
          const sum = interventionCents + patientShareCents + supplementCents
          expect(sum).toBe(outcome === 'refused' ? 0 : askedCents)
          if (outcome !== 'accepted') expect(item.codes.length + assessed.codes.length).toBeGreaterThan(0)
          const { split: given } = inputs[index]!
          if (given !== undefined && outcome !== 'refused')
            expect(interventionCents).toBeLessThanOrEqual(given.insuranceCents)
        }
      }),
    )
  })

  test('care after death is refused as such, also once the affiliation is closed on the day of death', () => {
    const alive = member()
    const diedOn = isoDate('2024-05-01')
    const person = { ...alive, diedOn, affiliations: alive.affiliations.map((spell) => ({ ...spell, to: diedOn })) }
    expect(assessLineOf({ careDate: isoDate('2024-05-06') }, { person }).codes).toEqual(['500549'])
  })

  test('nothing in the future, after death, out of order or too late is paid', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1500, max: 100 }), (days) => {
        const careDate = addDays(isoDate('2024-06-10'), days)
        const person = { ...member(), diedOn: isoDate('2024-06-01') }
        const { outcome } = assessLineOf({ careDate }, { person })
        const payable = careDate >= '2022-06-01' && careDate <= '2024-06-01'
        expect(outcome === 'refused').toBe(!payable)
      }),
    )
  })
})
