import { isoDate } from '@ziv/kernel'
import { expect, inject, test } from 'vitest'
import { startTestSandbox } from '../test-sandbox.ts'
import { readHistories } from './histories.config.ts'
import { playHistory } from './play-history.ts'

const { seeds, steps } = readHistories()

test.each(seeds)(
  'random history, seed %i: whatever happens in whatever order, what is always true stays true',
  async (seed) => {
    const { sandbox, drop } = await startTestSandbox({
      postgresUrl: inject('zivPostgresUrl'),
      startAt: isoDate('2023-11-02'),
    })
    try {
      const { accepted, refused, repairs } = await playHistory(sandbox, seed, steps)
      // a history in which everything is refused, or nothing, proves little
      expect(accepted).toBeGreaterThan(steps / 5)
      expect(refused).toBeGreaterThan(0)
      expect(repairs.length).toBeGreaterThan(0)
    } finally {
      await drop()
    }
  },
  240_000,
)
