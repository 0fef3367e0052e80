import type { Reporter, TestCase, TestModule } from 'vitest/node'

declare module 'vitest' {
  interface TaskMeta {
    /** The test plays one scenario that a jurist can read; the summary counts them. */
    scenario?: boolean
  }
}

interface Counts {
  passed: number
  failed: number
  skipped: number
  scenarios: number
  /** Why tests did not run, with how many share the reason. */
  readonly reasons: Map<string, number>
}

function count(counts: Counts, test: TestCase): void {
  const result = test.result()
  if (result.state === 'passed') counts.passed += 1
  else if (result.state === 'failed') counts.failed += 1
  else {
    counts.skipped += 1
    const note = 'note' in result ? result.note : undefined
    const reason = note ?? /\((needs [^)]+|skipped: [^)]+)\)/.exec(test.fullName)?.[1] ?? 'without a reason'
    counts.reasons.set(reason, (counts.reasons.get(reason) ?? 0) + 1)
  }
  if (test.meta().scenario === true && result.state === 'passed') counts.scenarios += 1
}

/** Ends a run with what was shown: how many tests, how many scenarios, and why anything was left out. */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const counts: Counts = { passed: 0, failed: 0, skipped: 0, scenarios: 0, reasons: new Map() }
    for (const module of modules) {
      for (const test of module.children.allTests()) count(counts, test)
      // a file that could not be read has no tests to fail
      if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0) counts.failed += 1
    }
    const { passed, failed, skipped, scenarios, reasons } = counts
    const left = [...reasons].map(([reason, number]) => `  skipped ${number}: ${reason}\n`).join('')
    const loose = unhandled.length === 0 ? '' : `, ${unhandled.length} errors outside tests`
    process.stdout.write(`${left}${passed} tests passed (${scenarios} of them scenarios of law and services), `)
    process.stdout.write(`${failed} failed, ${skipped} skipped${loose}\n`)
  }
}
