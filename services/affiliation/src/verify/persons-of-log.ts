import type { LoadedStream } from '@ziv/event-store'
import type { KeyRange, Queryable } from '@ziv/postgres'
import { openStreams } from '../commands/personal.ts'
import type { Context } from '../context.ts'

/** Streams opened with one call to the vault. */
const PAGE = 500

/**
 * Every stream of a person in a range of the log, opened, some at a time: memory does not grow with the population. Those whose
 * sealed facts do not open are left out and named in `unreadable`.
 */
export async function* personsOfLog(
  tx: Queryable,
  range: KeyRange,
  { store, vault }: Pick<Context, 'store' | 'vault'>,
  unreadable: string[],
): AsyncGenerator<LoadedStream> {
  let page: LoadedStream[] = []
  for await (const stream of store.streams(tx, 'person', range)) {
    page.push(stream)
    if (page.length < PAGE) continue
    yield* await readable(vault, page, unreadable)
    page = []
  }
  yield* await readable(vault, page, unreadable)
}

/** One call to the vault when all open; one each only when one of them does not. */
async function readable(
  vault: Context['vault'],
  streams: readonly LoadedStream[],
  unreadable: string[],
): Promise<readonly LoadedStream[]> {
  try {
    return await openStreams(vault, streams)
  } catch {
    const opened: LoadedStream[] = []
    for (const stream of streams) {
      try {
        opened.push(...(await openStreams(vault, [stream])))
      } catch {
        unreadable.push(stream.streamId)
      }
    }
    return opened
  }
}
