import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { ServerOrder } from '../servers/serve.ts'

export interface ServerProcess {
  readonly url: string
  stop(): Promise<void>
}

/** Starts one of the servers as a process of its own and waits until it listens. */
export async function startServer(name: 'bare' | 'insurability', order: ServerOrder): Promise<ServerProcess> {
  const child: ChildProcess = fork(join(import.meta.dirname, '..', 'servers', `${name}.ts`))
  child.send(order)
  const [answer] = (await once(child, 'message')) as [{ url?: string; problem?: string }]
  if (answer.url === undefined) {
    child.kill()
    throw new Error(`the server ${name} did not start: ${answer.problem}`)
  }
  return {
    url: answer.url,
    stop: async () => {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
