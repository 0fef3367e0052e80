import { type Caller, type Role, type TaskStatus, tenantFilter } from '@ziv/http'
import type { Instant } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import { problemOf, type Run, type Runs, taskOf } from '@ziv/runs'

/** Long work in the one shape, whatever a service stores of it. */
export interface Task extends TaskStatus {
  readonly taskId: string
  readonly kind: string
  readonly startedAt: Instant
  /** Address of what it came to; null when there is nothing to read. */
  readonly result: string | null
}

/** Place of a task in the list: the newest first. */
export interface TaskPlace {
  readonly startedAt: string
  readonly taskId: string
}

/** One kind of stored long work, as far as the caller may see it. */
export interface TaskSource {
  /** Who sees any of it; the others are not asked about. */
  readonly roles: readonly Role[]
  readonly find: (caller: Caller, taskId: string) => Promise<Task | null>
  readonly list: (caller: Caller, behind: TaskPlace | null, limit: number) => Promise<readonly Task[]>
}

export interface RunTasksOptions {
  /** Runs are of no tenant: these roles see every one. */
  readonly roles: readonly Role[]
}

/** The runs of the engine as tasks; those over a file are tasks of that file, see `fileTasks`. */
export function runTasks(
  runs: Pick<Runs, 'find' | 'list' | 'taskKinds' | 'resultOf'>,
  { roles }: RunTasksOptions,
): TaskSource {
  const sees = (caller: Caller): boolean => caller.roles.some((role) => roles.includes(role))
  const toTask = (run: Run): Task => ({
    ...taskOf(run),
    ...{ taskId: run.runId, kind: run.kind, startedAt: run.startedAt, result: runs.resultOf(run) },
  })
  return {
    roles,
    find: async (caller, taskId) => {
      const run = sees(caller) ? await runs.find(taskId) : null
      return run === null || !runs.taskKinds().includes(run.kind) ? null : toTask(run)
    },
    list: async (caller, behind, limit) =>
      sees(caller)
        ? (
            await runs.list(behind && { startedAt: behind.startedAt, runId: behind.taskId }, limit, runs.taskKinds())
          ).map(toTask)
        : [],
  }
}

export interface StoredTasksOptions {
  readonly kind: string
  readonly roles: readonly Role[]
  /** Roles of no tenant that see all of this work. */
  readonly openTo?: readonly Role[]
  /**
   * SQL of the work that `caller` sees: `task_id`, `started_at`, `finished_at` (null: at work), `done` and `total` (null: not
   * told), and with `problem` why the work failed, where it can. `caller` has the columns `insurer`, `ziekenfonds` and `provider_number`, each null when it restricts nothing.
   */
  readonly text: string
  /** Address of what it came to; null when there is nothing that the caller may read. */
  readonly resultOf: (taskId: string, caller: Caller) => string | null
}

interface TaskRow {
  readonly task_id: string
  readonly started_at: Instant
  readonly finished_at: Instant | null
  readonly done: string | null
  readonly total: string | null
  readonly problem?: string | null
}

/** Work that a service keeps in a table of its own as tasks. */
export function storedTasks(database: Database, options: StoredTasksOptions): TaskSource {
  const { kind, roles, openTo = [], text, resultOf } = options
  const read = async (caller: Caller, taskId: string | null, behind: TaskPlace | null, limit: number) => {
    const admitted = { ...caller, roles: caller.roles.filter((role) => roles.includes(role)) }
    if (admitted.roles.length === 0) return []
    const { insurer, ziekenfonds, providerNumber } = tenantFilter(admitted, { openTo })
    const { rows } = await database.query<TaskRow>(
      `select t.* from (select $1::text as insurer, $2::text as ziekenfonds, $3::text as provider_number) caller
         cross join lateral (${text}) t
        where ($4::uuid is null or t.task_id = $4)
          and ($5::timestamptz is null or (t.started_at, t.task_id) < ($5, $6::uuid))
        order by t.started_at desc, t.task_id desc limit $7`,
      [
        ...[insurer ?? null, ziekenfonds ?? null, providerNumber ?? null],
        ...[taskId, behind?.startedAt ?? null, behind?.taskId ?? null, limit],
      ],
    )
    return rows.map((row) => storedTask(row, kind, resultOf(row.task_id, admitted)))
  }
  return {
    roles,
    find: async (caller, taskId) => (await read(caller, taskId, null, 1))[0] ?? null,
    list: (caller, behind, limit) => read(caller, null, behind, limit),
  }
}

/** Intakes refuse their lines one by one and are done even so: one fails only where nothing of it may be left out. */
function storedTask(row: TaskRow, kind: string, result: string | null): Task {
  const { task_id: taskId, started_at: startedAt, finished_at: completed, done, total, problem } = row
  const state = completed !== null ? 'done' : problem == null ? 'processing' : 'failed'
  return {
    ...{ taskId, kind, startedAt, result, state },
    ...(state === 'failed' ? { problem: problemOf(problem!) } : {}),
    ...(completed === null ? {} : { completed }),
    ...(done === null ? {} : { progress: { done: Number(done), ...(total === null ? {} : { total: Number(total) }) } }),
  }
}

/** Several kinds of work as one, the newest first. */
export function allTasks(sources: readonly TaskSource[]): TaskSource {
  return {
    roles: [...new Set(sources.flatMap(({ roles }) => roles))],
    find: async (caller, taskId) => {
      for (const source of sources) {
        const task = await source.find(caller, taskId)
        if (task !== null) return task
      }
      return null
    },
    list: async (caller, behind, limit) => {
      const lists = await Promise.all(sources.map((source) => source.list(caller, behind, limit)))
      return lists.flat().sort(newestFirst).slice(0, limit)
    },
  }
}

const sortKey = ({ startedAt, taskId }: Task): string => `${startedAt}/${taskId}`

const newestFirst = (a: Task, b: Task): number => (sortKey(a) < sortKey(b) ? 1 : -1)
