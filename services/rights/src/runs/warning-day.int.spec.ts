import { problemTypeOfCode } from '@ziv/http'
import { expect, it } from 'vitest'
import { day } from '../domain/testing-facts.ts'
import { bearer, createHarness, personNamed } from '../testing/harness.ts'

it('warnings are refused before their day, in the process and over the API, and nobody is warned', async () => {
  const h = await createHarness('2024-11-30')
  const app = await h.server()
  const holder = personNamed('warned once')
  await h.tell(holder.joins('2023-01-01'), holder.acquires('EMPLOYEE', '2023-01-01'), holder.settles(2023, false))
  const early = h.service.runner.run('warning', 2025, 'spec')
  await expect(early).rejects.toMatchObject({ statusCode: 409, type: problemTypeOfCode('warningTooEarly') })
  const answer = await app.inject({
    ...{ method: 'POST', url: '/rights/v1/renewalRuns', payload: { kind: 'warning', year: 2025 } },
    headers: { authorization: bearer({ roles: ['system'] }) },
  })
  expect(answer.json()).toMatchObject({ status: 409, detail: expect.stringContaining('1 December 2024') })
  // of a year that the law here does not know, nobody was warned and nobody can be
  const unknown = await app.inject({
    ...{ method: 'POST', url: '/rights/v1/renewalRuns', payload: { kind: 'warning', year: 1945 } },
    headers: { authorization: bearer({ roles: ['system'] }) },
  })
  expect(unknown.json()).toMatchObject({ status: 422, type: expect.stringMatching(/:warningDayUnknown$/) })
  const radar = await app.inject({
    url: '/rights/v1/renewalRadar?year=1945',
    headers: { authorization: bearer({ roles: ['system'] }) },
  })
  expect([radar.statusCode, radar.json().items]).toEqual([200, []])
  expect(await h.rows('select person_id from app.warnings')).toEqual([])
  h.clock.moveTo(day('2024-12-01'))
  expect(await h.service.runner.run('warning', 2025, 'spec')).toMatchObject({ state: 'done', warned: 1 })
  await app.close()
  await h.drop()
})
