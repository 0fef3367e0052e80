import { isoDate } from '@ziv/kernel'
import type { Member } from '@ziv/members'
import { describe, expect, test } from 'vitest'
import { claimOf, facts, line, member, personId } from '../testing/facts.ts'
import { assessClaim } from './assess-claim.ts'
import type { ClaimInput } from './claim-input.ts'

const codesOf = (changes: Partial<ClaimInput>, other: Parameters<typeof facts>[0] = {}) =>
  assessClaim(claimOf([line()], changes), facts(other)).codes
const on = (careDate: string, number = 1) => line({ careDate: isoDate(careDate), number })

/** A member of 306 until the end of April 2024, of the landsbond 100 from May on. */
function moved(): Member {
  const person = member()
  const [before] = person.affiliations
  if (before === undefined) throw new Error('no affiliation')
  const after = { ...before, affiliationId: 'after', from: isoDate('2024-05-01'), insurer: '100', ziekenfonds: '131' }
  return { ...person, affiliations: [{ ...before, to: isoDate('2024-04-30') }, after] }
}

describe('an invoice is refused as a whole', () => {
  test.each([
    ['a credit note, which is not processed this way', { creditNote: true }, ['201103']],
    ['one sent to another landsbond than that of the patient', { destination: '131' }, ['200742']],
    ['one that names another ziekenfonds of the same landsbond', { affiliation: '311' }, ['200742']],
    [
      'one that names another ziekenfonds, though it is sent right',
      { destination: '306', affiliation: '311' },
      ['200742'],
    ],
  ] as const)('%s', (_name, changes, expected) => {
    expect(codesOf(changes)).toEqual(expected)
  })

  test('of somebody who was a member of nobody on the day of care', () => {
    const assessed = assessClaim(claimOf([on('2019-12-31')]), facts())
    expect(assessed).toMatchObject({ personId, codes: ['200742'], lines: [{ outcome: 'refused', codes: [] }] })
    expect(assessed).not.toHaveProperty('ziekenfonds')
  })

  test('of an unknown number', () => {
    expect(codesOf({}, { person: undefined })).toEqual(['200820'])
  })

  test('and then none of its lines is paid, whatever the line itself is worth', () => {
    const { lines } = assessClaim(claimOf([line({ formCodes: ['500101'] }), line()], { creditNote: true }), facts())
    expect(lines).toMatchObject([
      { outcome: 'refused', codes: ['500101'], interventionCents: 0 },
      { outcome: 'refused', codes: [], interventionCents: 0 },
    ])
  })

  test('for what the reading of the file found, which is told once', () => {
    expect(codesOf({ formCodes: ['200101'] })).toEqual(['200101'])
    expect(codesOf({ formCodes: ['200742'], affiliation: '311' })).toEqual(['200742'])
    expect(codesOf({ formCodes: ['200101'], affiliation: '311' })).toEqual(['200101', '200742'])
  })
})

describe('an invoice is taken on', () => {
  test.each([
    ['sent to the ziekenfonds of the patient', { destination: '306', affiliation: '306' }],
    ['that names no ziekenfonds of affiliation', { destination: '306' }],
    ['sent to another ziekenfonds of the same landsbond', { destination: '311' }],
  ] as const)('%s: nothing is found', (_name, changes) => {
    expect(codesOf(changes)).toEqual([])
  })
})

describe('whose claim it is', () => {
  test('is told by the first day of care on which the patient was a member', () => {
    const assessed = assessClaim(claimOf([on('2019-12-31'), on('2024-05-06', 2)]), facts())
    expect(assessed).toMatchObject({ ziekenfonds: '306', codes: [] })
    expect(assessed.lines.map(({ codes }) => codes)).toEqual([['500546', '500540'], []])
  })

  test('is told by the day of care, not by where the patient is a member now', () => {
    const owners = ['2024-04-30', '2024-05-01'].map(
      (day) => assessClaim(claimOf([on(day)]), facts({ person: moved() })).ziekenfonds,
    )
    expect(owners).toEqual(['306', '131'])
  })

  test('keeps care given after a move to another insurer out: that insurer pays it', () => {
    const { lines, ziekenfonds } = assessClaim(
      claimOf([on('2024-04-30'), on('2024-05-01', 2)]),
      facts({ person: moved() }),
    )
    expect(ziekenfonds).toBe('306')
    expect(lines).toMatchObject([
      { outcome: 'accepted', codes: [] },
      { outcome: 'refused', codes: ['500540'] },
    ])
  })
})
