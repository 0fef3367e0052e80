import { randomUUID } from 'node:crypto'
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

  /** A file whose work failed: as if it had not ended, for its end is recorded once. */
  async function failed(file: string): Promise<string> {
    const { intakeId } = (await postFile(file)).json()
    await settled(intakeId)
    const changes = [
      `update app_files.files set state = 'processing', completed_at = null where file_id::text = $1`,
      `delete from es.events where stream_id = 'slipIntake-' || $1`,
      `delete from es.streams where stream_id = 'slipIntake-' || $1`,
      `update app_runs.runs set state = 'failed', problem = 'no place left' where key = $1`,
    ]
    for (const change of changes) await h.database.query(change, [intakeId])
    return intakeId
  }

  it('say that a file failed, why, and what takes it up', async () => {
    const intakeId = await failed(await declaration(310_000))
    const { state, problem } = (await get(`/tasks/${intakeId}`, rsz)).json()
    expect([state, problem.status]).toEqual(['failed', 500])
    expect(problem.detail).toMatch(/^no place left\. Once that is mended: POST /)
    const path = /POST \/contributions\/v1(\S+),/.exec(problem.detail)?.[1] ?? ''
    expect((await post(path, {}, clerk)).statusCode).toBe(403)
    const answer = await post(path, {}, rsz)
    expect([answer.statusCode, answer.headers.location]).toEqual([202, `${base}/slipIntakes/${intakeId}`])
    await h.service.runs.idle()
    expect((await get(`/tasks/${intakeId}`, rsz)).statusCode).toBe(303)
    // of a file that is done, nothing is done twice
    expect((await post(path, {}, rsz)).json()).toMatchObject({ intakeId, state: 'accepted', recorded: 1 })
    expect((await post(`/slipIntakes/${randomUUID()}/resumption`, {}, rsz)).statusCode).toBe(404)
  })

  it('say that a file that failed is done, once it was sent again', async () => {
    const file = await declaration(320_000)
    const intakeId = await failed(file)
    expect((await postFile(file)).json().intakeId).toBe(intakeId)
    await h.service.runs.idle()
    expect((await get(`/tasks/${intakeId}`, rsz)).statusCode).toBe(303)
  })

  it('tell how far a file is while its slips are recorded', async () => {
    const { intakeId } = (await postFile(await declaration(310_000))).json()
    await settled(intakeId)
    await h.database.query(
      `update app_files.files set state = 'processing', completed_at = null, counts = '{}',
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
