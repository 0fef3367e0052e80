import { defineConfig } from 'vitest/config'
import { folderOfRun } from './packages/testing/src/vitest/memory-folder.ts'
import { SummaryReporter } from './packages/testing/src/vitest/summary-reporter.ts'

// where CI wants the numbers of a run, as JSON
const report = process.env.ZIV_TEST_REPORT
const json: [string, { outputFile: string }][] = report === undefined ? [] : [['json', { outputFile: report }]]
// workers and what they start inherit it
process.env.TMPDIR = folderOfRun()
const exclude = ['**/node_modules/**']

// Three heights: pure specs (milliseconds), integration on a real PostgreSQL, the same end-to-end suite on a real Kafka.
// The kafka project is run by its own script and by CI; `pnpm test` runs the other two.
export default defineConfig({
  test: {
    reporters: ['default', ...json, new SummaryReporter()],
    projects: [
      {
        test: {
          name: 'unit',
          // pure specs leave nothing behind: the modules of a worker are loaded once, not once per file
          isolate: false,
          include: ['{packages,services,infra}/**/src/**/*.spec.ts'],
          exclude: [...exclude, '**/*.int.spec.ts', '**/*.e2e.spec.ts', '**/*.kafka.spec.ts'],
          // ends a spec that hangs; how fast a machine is says nothing
          testTimeout: 180_000,
          // as many as for the integration specs, so that both kinds run beside each other; one more than two cores, because specs wait too
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'integration',
          // each spec has databases of its own: the modules of a worker are loaded once, not once per file
          isolate: false,
          include: ['{packages,services,infra}/**/src/**/*.{int,e2e}.spec.ts'],
          exclude,
          globalSetup: ['packages/testing/src/vitest/global-postgres.ts'],
          testTimeout: 180_000,
          hookTimeout: 240_000,
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'kafka',
          include: ['{packages,services,infra}/**/src/**/*.kafka.spec.ts'],
          exclude,
          globalSetup: ['packages/testing/src/vitest/global-postgres.ts', 'infra/kafka/src/vitest/global-kafka.ts'],
          testTimeout: 180_000,
          hookTimeout: 240_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
