import { describe, expect, it } from 'vitest'
import { base, clerk, declaration, get, h, post, postFile, rsz, settled, system, useApi } from '../testing/api-world.ts'
import { bearer } from '../testing/harness.ts'

useApi()
const supervisor = bearer({ roles: ['rizivSupervisor'] })
const kindsOf = async (authorization: string) =>
  (await get('/tasks', authorization)).json().items.map(({ kind }: { kind: string }) => kind)

describe('the tasks of contributions', () => {
  it('are files of slips and settlements, each for whom may see the work itself', async () => {
    const { intakeId } = (await postFile(await declaration(300_000))).json()
    await settled(intakeId)
    const { runId } = (await post('/settlementRuns', { year: 2022 })).json()
    await h.service.runs.idle()
    expect(await kindsOf(system)).toEqual(expect.arrayContaining(['slipIntake', 'settlement']))
    expect(await kindsOf(rsz)).toEqual(['slipIntake'])
    expect(await kindsOf(supervisor)).toEqual(['settlement'])
    expect((await get('/tasks', clerk)).statusCode).toBe(403)
    const file = await get(`/tasks/${intakeId}`, rsz)
    expect([file.statusCode, file.headers.location]).toEqual([303, `${base}/slipIntakes/${intakeId}`])
    const run = await get(`/tasks/${runId}`, supervisor)
    expect([run.statusCode, run.headers.location]).toEqual([303, `${base}/settlementRuns/${runId}`])
    expect((await get(`/tasks/${runId}`, rsz)).statusCode).toBe(404)
    expect((await get(`/tasks/${intakeId}`, supervisor)).statusCode).toBe(404)
  })

  it('say that a file failed, why, and that sending it again takes it up; then it is done', async () => {
    const file = await declaration(320_000)
    const { intakeId } = (await postFile(file)).json()
    await settled(intakeId)
    await h.database.query(`update app_files.files set state = 'working', completed_at = null where file_id = $1`, [
      intakeId,
    ])
    // as if it had not ended: its end is recorded once
    for (const table of ['es.events', 'es.streams']) {
      await h.database.query(`delete from ${table} where stream_id = 'slipIntake-' || $1`, [intakeId])
    }
    await h.database.query(`update app_runs.runs set state = 'failed', problem = 'no place left' where key = $1`, [
      intakeId,
    ])
    expect((await get(`/tasks/${intakeId}`, rsz)).json()).toMatchObject({
      state: 'failed',
      problem: { status: 500, detail: expect.stringMatching(/^no place left\. Send the same file again/) },
    })
    expect((await postFile(file)).json().intakeId).toBe(intakeId)
    await h.service.runs.idle()
    expect((await get(`/tasks/${intakeId}`, rsz)).statusCode).toBe(303)
  })

  it('tell how far a file is while its slips are recorded', async () => {
    const { intakeId } = (await postFile(await declaration(310_000))).json()
    await settled(intakeId)
    await h.database.query(
      `update app_files.files set state = 'working', completed_at = null, counts = '{}',
         facts = '{"records": 9, "withoutSlip": 0, "refused": 3}' where file_id = $1`,
      [intakeId],
    )
    const task = await get(`/tasks/${intakeId}`, rsz)
    expect(task.statusCode).toBe(200)
    expect(task.json()).toEqual({
      ...{ taskId: intakeId, kind: 'slipIntake', startedAt: expect.any(String), href: `${base}/tasks/${intakeId}` },
      ...{ state: 'processing', progress: { done: 4, total: 9 } },
    })
  })
})
