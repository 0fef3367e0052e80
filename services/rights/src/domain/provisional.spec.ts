import { decisionLetter, loadLaw } from '@ziv/law'
import { expect, it } from 'vitest'
import { dossierOf, type Fact } from './facts.ts'
import { assessed, capacity, capacityEnd, day, joined } from './testing-facts.ts'
import { timelineOf } from './timeline.ts'
import { warningFor } from './warning.ts'

const law = loadLaw()
const member = joined('2015-01-01', { affiliationId: 'a' })
const resident = [member, capacity('RESIDENT', '2022-01-01')]
const renewal = (facts: readonly Fact[], year = 2024) => {
  const { decisions } = timelineOf(dossierOf('person', facts), {
    rules: { law },
    decidedThrough: year,
    holders: new Map(),
  })
  return decisions.find((decision) => decision.kind === 'renewal' && decision.year === year)
}
const told = (awaits?: 'incomeProof', sequence = 1) =>
  assessed(2022, false, { regime: 'personal', sequence, ...(awaits === undefined ? {} : { awaits }) })

it('a resident of whom nobody asked proof of income keeps the right, provisionally, with what is missing', () => {
  const decision = renewal([...resident, told('incomeProof')])
  expect(decision).toMatchObject({ outcome: 'granted', from: '2024-01-01', to: '2024-12-31' })
  expect(decision?.grounds[0]).toMatchObject({ rule: 'right.provisional', satisfied: true })
  expect(decision?.repairs).toEqual([
    { rule: 'right.provisional', kind: 'proveIncome', params: { referenceYear: 2022 }, until: '2027-12-31' },
  ])
})

it('the letter says that the right is provisional, what is missing and until when', () => {
  const decision = renewal([...resident, told('incomeProof')])
  const letter = decisionLetter({ ...decision!, result: null }, { language: 'en', decidedOn: day('2024-01-02') }, law)
  expect(letter).toContain('GRANTED (provisionally, until the family income is decided)')
  expect(letter.replaceAll(/\s+/g, ' ')).toContain('For 2022 proof of the family income is still needed')
  expect(letter).toContain('31 December 2027')
})

it('is refused once contributions told that the request for proof is closed, and the words of the open year go', () => {
  const proof = { rule: 'minimum.personal', kind: 'proveIncome', params: { referenceYear: 2022 } }
  const explanation = { ...told(), met: false, awaits: 'incomeProof' as const, grounds: [], repairs: [proof] }
  const open = { ...told('incomeProof'), explanation }
  expect(renewal([...resident, open])?.repairs).toEqual([{ ...proof, rule: 'right.provisional' }])
  const decision = renewal([...resident, open, told(undefined, 2)])
  expect(decision?.outcome).toBe('refused')
  expect(decision?.repairs.map(({ kind }) => kind)).toEqual(['proveContributions'])
})

it('a year of which nothing was told yet refuses nobody who can only owe the amount of a resident', () => {
  expect(renewal(resident)).toMatchObject({ outcome: 'granted' })
  const worked = [member, capacity('EMPLOYEE', '2022-01-01', { capacityId: 'x' }), capacityEnd('x', '2022-06-30')]
  expect(renewal([...worked, capacity('RESIDENT', '2022-07-01')])).toMatchObject({ outcome: 'refused' })
  expect(renewal([member, capacity('STUDENT', '2022-01-01')])).toMatchObject({ outcome: 'refused' })
})

it('nobody is warned on 1 December of a right that would not be refused', () => {
  const warning = (fact: Fact) => warningFor(dossierOf('person', [...resident, fact]), 2024, { law })
  expect(warning(told('incomeProof'))).toBeNull()
  expect(warning(told())).toMatchObject({ referenceYear: 2022 })
})
