import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase } from '@ziv/postgres'
import { createTestDatabase } from '@ziv/testing'
import { expect, it } from 'vitest'
import { proveAll, wholeProof } from './proof.ts'

it('a proof that reads elsewhere for longer than a transaction may stand idle is carried through', async () => {
  const world = await createTestDatabase({ migrations: [] })
  const hasty = createDatabase({
    connectionString: world.connectionString,
    applicationName: 'spec',
    idleInTransactionTimeoutMs: 50,
  })
  try {
    const slow = wholeProof(
      'slow',
      hasty,
      async () => 1,
      async (tx) => {
        const before = await tx.query<{ at: string }>('select pg_current_snapshot()::text as at')
        await sleep(400)
        const after = await tx.query<{ at: string }>('select pg_current_snapshot()::text as at')
        return { check: 'slow', ok: after.rows[0]!.at === before.rows[0]!.at, examined: 1, detail: 'looked' }
      },
    )
    expect(await Array.fromAsync(proveAll([slow]))).toEqual([
      { check: 'slow', ok: true, examined: 1, detail: 'looked' },
    ])
  } finally {
    await hasty.close()
    await world.drop()
  }
})
