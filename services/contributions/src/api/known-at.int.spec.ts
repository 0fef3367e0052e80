import { askBesideOpen } from '@ziv/testing'
import { expect, it } from 'vitest'
import { contributions } from '../service.ts'
import { base, clerk, employerNumber, get, h, person, useApi } from '../testing/api-world.ts'
import { serverOf } from '../testing/http.ts'

useApi()

it('a slip that is being recorded when a question about a moment comes is in the answer, then and later', async () => {
  const slip = { ssin: person.insz, employerNumber, quarter: '2025Q1', amountCents: 90_000 }
  const { beside, later } = await askBesideOpen({
    ...{ database: h.database, table: 'es.events', moment: () => h.clock.now() },
    write: async (held) => {
      const deps = { ...h.deps, database: held }
      const service = await contributions.create(deps)
      const rival = await serverOf({ ...h, deps, service })
      const sent = { method: 'POST', url: `${base}/slips`, payload: slip, headers: { authorization: clerk } } as const
      expect((await rival.inject(sent)).json()).toEqual({ outcome: 'recorded' })
      await rival.close()
    },
    ask: async (at) => (await get(`/persons/${person.personId}/referenceYears/2025?knownAt=${at}`)).json(),
  })
  expect(beside).toEqual(later)
  expect(beside.slips).toMatchObject([{ amountCents: 90_000 }])
})
