import type { Intake } from '@ziv/intake'
import type { Database } from '@ziv/postgres'
import type { TaskSource } from './task-sources.ts'
import { storedTasks } from './task-sources.ts'

/**
 * What takes a file up whose run failed, once the cause is mended: the same file sent again is not a new one; and what ends it when the
 * cause cannot be mended. SQL, `f` is the file.
 */
const takeUp = (path: string, mayWithdraw: boolean): string =>
  `'. Once that is mended: POST ${path}/' || f.file_id || '/resumption, or send the same file again. '
  || 'It goes on where it stopped, and nothing is done twice'${
    mayWithdraw
      ? ` || '. When it cannot be mended: POST ${path}/' || f.file_id || '/withdrawals, and those behind it go on'`
      : ''
  }`

/**
 * The files of every kind of a service as tasks, under the identifiers of the files; a file whose run failed says why, and what takes
 * it up again. Whoever may read a file is led to it.
 */
export function fileTasks(database: Database, { api, kinds }: Pick<Intake, 'api' | 'kinds'>): readonly TaskSource[] {
  return kinds.map(({ kind, withdrawn, door: { resource, read, task } }) => {
    const path = `/${api}/v1/${resource}`
    const readers = read === 'public' ? [] : read.roles
    const { roles = readers, openTo = [], seen = 'true', done, total } = task
    return storedTasks(database, {
      ...{ kind, roles, openTo },
      resultOf: (fileId, caller) => (caller.roles.some((role) => readers.includes(role)) ? `${path}/${fileId}` : null),
      text: `select f.file_id as task_id, f.received_at as started_at, f.completed_at as finished_at, ${done} as done,
                    ${total} as total,
                    run.problem || ${takeUp(path, withdrawn !== undefined)} as problem
               from app_files.files f
               left join lateral (
                 select r.problem, (
                   select jsonb_object_agg(name, n) from (
                     select c.key as name, sum(c.value::bigint) as n from app_runs.parts p, jsonb_each_text(p.counts) c
                      where p.run_id = r.run_id group by c.key) counted) as counts
                   from app_runs.runs r where r.kind = f.kind and r.key = f.file_id::text limit 1) run on true
              where f.kind = '${kind}' and f.state <> 'receiving' and (${seen})`,
    })
  })
}
