import { describe, expect, test } from 'vitest'
import {
  call,
  clerk,
  harness,
  insured,
  landsbond,
  other,
  otherClerk,
  otherProvider,
  sameProvider,
  system,
  useApi,
} from '../testing/api-world.ts'
import { bearer, fileText, invoice } from '../testing/harness.ts'

useApi()
const sister = bearer({ roles: ['clerk'], insurer: '300', ziekenfonds: '304' })
const thirdLandsbond = bearer({ roles: ['landsbondApprover'], insurer: '100' })

async function send(people: readonly (typeof insured)[], first: number): Promise<string> {
  const text = await fileText(people.map((person, n) => invoice(person, first + n)))
  const sent = await call('POST', '/invoiceFiles', {
    ...{ token: sameProvider, body: text, headers: { 'content-type': 'application/octet-stream' } },
  })
  expect(sent.status).toBe(202)
  return sent.json.fileId
}

async function done(fileId: string): Promise<void> {
  await expect.poll(async () => (await call('GET', `/tasks/${fileId}`, { token: system })).status).toBe(303)
}

const filesOf = async (token: string) =>
  (await call('GET', '/tasks', { token })).json.items.map(({ taskId }: { taskId: string }) => taskId)

describe('billing files as tasks', () => {
  test('are seen by who sees something of the file, and by nobody else', async () => {
    const both = await send([insured, other], 1)
    const one = await send([insured], 11)
    await Promise.all([done(both), done(one)])
    for (const token of [system, sameProvider, clerk, landsbond]) expect(await filesOf(token)).toEqual([one, both])
    expect(await filesOf(otherClerk)).toEqual([both])
    for (const token of [sister, thirdLandsbond, otherProvider]) {
      expect(await filesOf(token)).toEqual([])
      expect((await call('GET', `/tasks/${both}`, { token })).status).toBe(404)
    }
    const task = await call('GET', `/tasks/${one}`, { token: clerk })
    expect([task.status, task.headers.location]).toEqual([303, `/reimbursement/v1/invoiceFiles/${one}`])
    expect((await call('GET', `/tasks/${one}`, { token: otherClerk })).status).toBe(404)
  })

  test('tell how far they are, the count of all invoices to who sees the whole file only', async () => {
    const fileId = await send([insured, other], 21)
    await done(fileId)
    await harness.database.query(
      `update app_files.files set state = 'processing', outcome = null, completed_at = null where file_id = $1`,
      [fileId],
    )
    await harness.database.query(
      `with run as (
         insert into app_runs.runs (run_id, kind, key, params, state, actor, correlation_id, business_date, started_at)
         values (gen_random_uuid(), 'invoiceFile', $1, '{}', 'processing', 'a', 'b', now(), now()) returning run_id)
       insert into app_runs.parts (run_id, phase, part, counts) select run_id, 1, 0, '{"$done": 1}' from run`,
      [fileId],
    )
    const asked = (token: string) => call('GET', `/tasks/${fileId}`, { token })
    expect((await asked(sameProvider)).json).toMatchObject({ state: 'processing', progress: { done: 1, total: 2 } })
    const untold = {
      ...{ taskId: fileId, kind: 'invoiceFile', startedAt: expect.any(String), state: 'processing' },
      href: `/reimbursement/v1/tasks/${fileId}`,
    }
    expect((await asked(clerk)).json).toEqual(untold)
    expect((await asked(landsbond)).json).toEqual(untold)
  })
})
