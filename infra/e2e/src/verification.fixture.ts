import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Sandbox, type VerifyOptions, verifySandbox } from '@ziv/sandbox'
import type { Finding, Progress } from '@ziv/service'
import { describe, expect, it } from 'vitest'
import { changed, openBehind } from './behind.fixture.ts'
import { tamperings } from './tampering.fixture.ts'

/** What a run told, and how far it came. */
interface Run {
  readonly findings: readonly Finding[]
  readonly words: string
  readonly progress: Progress
}

async function run(sandbox: Sandbox, options: VerifyOptions): Promise<Run> {
  let words = ''
  let progress: Progress | undefined
  const proving = verifySandbox(sandbox, {
    ...options,
    onBegin: (told) => {
      words = told
    },
    onProgress: (now) => {
      progress = now
      options.onProgress?.(now)
    },
  })
  const findings = await Array.fromAsync(proving)
  return { findings, words, progress: progress! }
}

/** A run that ends after half of its ranges, as Ctrl-C ends it. */
async function half(sandbox: Sandbox, threads: number): Promise<Run> {
  const broken = new AbortController()
  const onProgress = ({ rangesDone, ranges }: Progress): void => {
    if (rangesDone >= ranges / 2) broken.abort()
  }
  return await run(sandbox, { threads, keep: 'anew', signal: broken.signal, onProgress })
}

const fileOf = (sandbox: Sandbox): string => join(sandbox.dataDir, 'verification.jsonl')

/** The ranges that the file holds a result of, in the order in which they were proved. */
async function proved(sandbox: Sandbox): Promise<readonly string[]> {
  const lines = (await readFile(fileOf(sandbox), 'utf8')).trimEnd().split('\n')
  return lines.flatMap((line) => (JSON.parse(line.slice(0, line.indexOf('\t'))) as { range?: string }).range ?? [])
}

function goesOn(sandbox: () => Sandbox): void {
  it('goes on where it was broken off: every range is proved once, and it says what it would have said', async () => {
    const whole = await run(sandbox(), { threads: 1 })
    const first = await half(sandbox(), 1)
    expect(first.findings.length).toBeLessThan(whole.findings.length)
    const before = await proved(sandbox())
    const second = await run(sandbox(), { threads: 2, keep: 'resume' })
    expect(second.words).toContain(`${before.length} ranges are proved`)
    expect(second.findings).toEqual(whole.findings)
    const all = await proved(sandbox())
    expect(all.slice(0, before.length)).toEqual(before)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(whole.progress.ranges)
    expect((await run(sandbox(), { threads: 1, keep: 'resume' })).words).toContain('went to its end')
  })

  it('goes on after a kill in the middle of a line, and proves again what stands behind a line that was changed', async () => {
    const whole = await run(sandbox(), { threads: 1, keep: 'anew' })
    const text = await readFile(fileOf(sandbox()), 'utf8')
    await writeFile(fileOf(sandbox()), text.slice(0, text.length * 0.6))
    const afterKill = await run(sandbox(), { threads: 1, keep: 'resume' })
    expect(afterKill.words).toContain('goes on from the run of')
    expect(afterKill.findings).toEqual(whole.findings)

    const lines = text.trimEnd().split('\n').slice(0, -1)
    const wrong = lines.findIndex((line) => line.includes('"examined":'))
    await writeFile(
      fileOf(sandbox()),
      `${lines.with(wrong, lines[wrong]!.replace('"examined":', '"examined":1')).join('\n')}\n`,
    )
    const afterChange = await run(sandbox(), { threads: 1, keep: 'resume' })
    expect(afterChange.words).toContain(`line ${wrong + 1} of`)
    expect(afterChange.words).toContain('has not the signature of this installation')
    expect(afterChange.findings).toEqual(whole.findings)
  })
}

/** That a verification in parts, by several threads and in several runs, says what one that goes through says. */
export function verifiesInRanges(sandbox: () => Sandbox): void {
  describe('in ranges', () => {
    goesOn(sandbox)

    it('finds on two threads what it finds on one, whether all holds or not', async () => {
      const alone = await run(sandbox(), { threads: 1 })
      const together = await run(sandbox(), { threads: 2 })
      expect(together.findings).toEqual(alone.findings)
      expect(together.progress).toMatchObject({ threads: 2, rangesDone: alone.progress.ranges })

      const { change, tables, noticedBy } = tamperings.find(({ database }) => database === 'rights')!
      await using opened = await openBehind(sandbox(), 'rights')
      await using _restored = await changed(opened.database, tables, change)
      const [one, two] = [await run(sandbox(), { threads: 1 }), await run(sandbox(), { threads: 2 })]
      expect(two.findings).toEqual(one.findings)
      expect(two.findings.filter(({ ok }) => !ok).map(({ check }) => check)).toEqual([noticedBy])
    })
  })
}
