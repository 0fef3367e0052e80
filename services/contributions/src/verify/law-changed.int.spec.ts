import { randomUUID } from 'node:crypto'
import { isoDate, makeInsz } from '@ziv/kernel'
import { loadLaw, reformLaw } from '@ziv/law'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ContributionsService, contributions } from '../service.ts'
import { acquired, createHarness, type Harness, opened } from '../testing/harness.ts'

let h: Harness
let later: ContributionsService
const person = { personId: randomUUID(), insz: makeInsz(isoDate('1980-05-05'), 9) }
/** The wage of which the minimum values are made was another one all along: a value of the past is put right. */
const law = reformLaw(loadLaw(), {
  'contributions/ggmmi': [{ from: isoDate('2024-01-01'), value: 300_000, source: 'put right' }],
})

beforeAll(async () => {
  h = await createHarness()
  await h.affiliation(opened(person), acquired(person, 'EMPLOYEE'))
  await h.service.settleYear(2024)
  later = await contributions.create({ ...h.deps, law })
})
afterAll(async () => {
  await later?.stop()
  await h?.drop()
})

const toldBy = async ({ verify }: Pick<ContributionsService, 'verify'>) =>
  (await Array.fromAsync(verify())).find(({ check }) => check === 'contributions.told')

it('a year that was told by a law that was changed since is told apart, and holds once it is settled anew', async () => {
  expect(await toldBy(h.service)).toMatchObject({ ok: true })
  const changed = expect.stringContaining('1 of them were told by another law than that of now')
  expect(await toldBy(later)).toMatchObject({ ok: false, detail: changed })
  await later.settleYear(2024)
  expect(await toldBy(later)).toMatchObject({ ok: true })
})

it('what was changed beside the log is not laid on the law', async () => {
  await h.database.query(`update app.year_state set state = jsonb_set(state, '{settled,shortCents}', '1')`)
  const tampered = expect.stringContaining('0 of them were told by another law')
  expect(await toldBy(later)).toMatchObject({ ok: false, detail: tampered })
})
