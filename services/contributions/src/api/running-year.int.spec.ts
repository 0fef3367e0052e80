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
  expect(then).toMatchObject({ yearOver: false, assessment: { totalCents: 300_000, met: false }, repairs: [] })
  expect(then.slips).toHaveLength(1)
  // of 2026 nothing is known yet: slips are missing, no money is
  for (const query of ['', '?asOf=2027-02-01']) {
    const running = (await yearOfPerson(2026, query)).json()
    expect(running.yearOver).toBe(false)
    expect(kindsOf(running)).toEqual(['proveContributions'])
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
