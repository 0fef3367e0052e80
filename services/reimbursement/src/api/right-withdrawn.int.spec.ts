import { expect, test } from 'vitest'
import { call, claimBody, harness, useApi } from '../testing/api-world.ts'
import { inOrder, patient } from '../testing/harness.ts'

useApi()

test('a claim whose right was taken back since stays settled and says so, by what is known now', async () => {
  const patientOf = patient(3)
  await harness.insured(patientOf)
  const lines = ['2024-05-06', '2024-05-20'].map((careDate) => ({
    ...{ nomenclature: '101032', careDate, askedCents: 2568 },
  }))
  const paid = await call('POST', '/claims', { body: claimBody({ ssin: patientOf.insz, lines }) })
  const path = `/claims/${paid.json.claimId}`
  const list = `/persons/${patientOf.personId}/claims`
  type Line = { readonly rightWithdrawn?: boolean }
  const told = async (url: string) => {
    const { json } = await call('GET', url)
    const claim = json.items?.[0] ?? json
    expect(claim).toMatchObject({ state: 'settled', interventionCents: 3936 })
    return claim.lines.map(({ rightWithdrawn }: Line) => rightWithdrawn)
  }
  expect((await call('GET', path)).json).toEqual(paid.json)
  const knownAt = harness.clock.now()
  await harness.deliver(inOrder(patientOf, '2024-05-07'))
  expect([await told(path), await told(list)]).toEqual(Array(2).fill([true, undefined]))
  await harness.deliver(inOrder({ ...patientOf, insurer: '500', ziekenfonds: '505' }))
  expect([await told(path), await told(list)]).toEqual(Array(2).fill([true, true]))
  const asKnown = (await call('GET', `${list}?knownAt=${knownAt}`)).json.items
  expect(asKnown).toMatchObject([{ state: 'settled', interventionCents: 3936 }])
  expect(JSON.stringify(asKnown)).not.toContain('rightWithdrawn')
  await harness.deliver(inOrder(patientOf))
  expect((await call('GET', path)).json).toEqual(paid.json)
})
