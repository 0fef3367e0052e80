import type { FastifyInstance } from 'fastify'

/** What the bench tells a server that it starts as a process of its own. */
export interface ServerOrder {
  readonly databaseUrl: string
  readonly keysUrl: string
  readonly keyFile: string
  readonly connections: number
}

/** Waits for the order, starts the server, tells its address; ends with the parent. */
export function serve(build: (order: ServerOrder) => Promise<FastifyInstance>): void {
  process.once('disconnect', () => process.exit(0))
  process.once('message', (order: ServerOrder) => {
    const start = async (): Promise<void> => {
      const app = await build(order)
      process.send?.({ url: await app.listen({ port: 0, host: '127.0.0.1' }) })
    }
    start().catch((error: Error) => process.send?.({ problem: error.stack ?? error.message }))
  })
}
