import { isoDate } from '@ziv/kernel'
import { expect, it } from 'vitest'
import { declaration, get, h, person, postFile, settled, useApi } from '../testing/api-world.ts'

useApi()
const yearOfPerson = async (year: number, query = '') =>
  await get(`/persons/${person.personId}/referenceYears/${year}${query}`)
const kindsOf = (answer: { repairs: { kind: string }[] }) => answer.repairs.map(({ kind }) => kind)

it('a year that runs is told as it stands so far, and asks nobody to pay', async () => {
  const sent = await postFile(await declaration(300_000))
  await settled(sent.json().intakeId)
  const over = (await yearOfPerson(2025)).json()
  expect(over.yearOver).toBe(true)
  expect(kindsOf(over)).toEqual(expect.arrayContaining(['payComplement', 'residentRegistration']))
  const then = (await yearOfPerson(2025, '?asOf=2025-06-30')).json()
  const soFar = { totalCents: 300_000, met: false, shortCents: 0, awaits: 'yearEnd' }
  expect(then).toMatchObject({ yearOver: false, assessment: soFar, repairs: [] })
  expect(then.grounds.map((one: { rule: string; satisfied: boolean }) => [one.rule, one.satisfied])).toEqual([
    ['minimum.runs', true],
    ['minimum.soFar', true],
  ])
  // nothing in the words of a year that runs is a shortage
  const told = then.grounds.map(({ text }: { text: string }) => text).join(' ')
  expect(told).toContain('runs until 31 December 2025')
  expect(told).toContain('EUR 3,000.00')
  expect(told).not.toMatch(/below|missing|short/)
  expect(then.grounds[1].eventIds).toEqual([then.slips[0].eventId])
  expect(then.slips).toHaveLength(1)
  // of 2026 nothing is known yet: that is said, and neither slips nor money are missing
  for (const query of ['', '?asOf=2027-02-01']) {
    const running = (await yearOfPerson(2026, query)).json()
    expect(running.yearOver).toBe(false)
    expect(kindsOf(running)).toEqual([])
  }
})

it('a year that has not begun is refused, and the year is told once it began', async () => {
  const early = await yearOfPerson(2027)
  expect(early.json()).toMatchObject({ status: 409, type: 'urn:problem-type:ziv:contributions:yearNotBegun' })
  expect(early.json().detail).toContain('2027')
  h.clock.moveTo(isoDate('2027-01-01'))
  expect((await yearOfPerson(2027)).statusCode).toBe(200)
  expect((await yearOfPerson(2026)).json()).toMatchObject({ yearOver: true })
})
