import type { Database } from '@ziv/postgres'
import type { TaskSource } from './task-sources.ts'
import { type StoredTasksOptions, storedTasks } from './task-sources.ts'

export interface FileTasksOptions extends Omit<StoredTasksOptions, 'text'> {
  /** SQL: whether `caller` sees the file `f`; see `StoredTasksOptions`. Default: every one. */
  readonly seen?: string
  /** SQL of how much is done and of how much there is; `f` is the file, `run.counts` what its run counted so far. */
  readonly done: string
  readonly total: string
}

/** What takes a file up whose run failed, once the cause is mended: the same file is not a new one. */
const SEND_AGAIN =
  'Send the same file again once that is mended: it goes on where it stopped, and nothing is done twice'

/** The files of a kind as tasks, under the identifiers of the files; a file whose run failed says why, and what takes it up again. */
export function fileTasks(database: Database, options: FileTasksOptions): TaskSource {
  const { kind, seen = 'true', done, total } = options
  return storedTasks(database, {
    ...options,
    text: `select f.file_id as task_id, f.received_at as started_at, f.completed_at as finished_at, ${done} as done,
                  ${total} as total,
                  run.problem || '. ${SEND_AGAIN}' as problem
             from app_files.files f
             left join lateral (
               select r.problem, (
                 select jsonb_object_agg(name, n) from (
                   select c.key as name, sum(c.value::bigint) as n from app_runs.parts p, jsonb_each_text(p.counts) c
                    where p.run_id = r.run_id group by c.key) counted) as counts
                 from app_runs.runs r where r.kind = f.kind and r.key = f.file_id::text limit 1) run on true
            where f.kind = '${kind}' and f.state <> 'receiving' and (${seen})`,
  })
}
