import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import type { World } from './setup/world.ts'

export interface MachineFacts {
  readonly cpu: string
  readonly cores: number
  readonly memoryMb: number
  readonly node: string
  readonly postgres: string
  readonly postgresSettings: Readonly<Record<string, string>>
  readonly commit: string
  /** True when the working copy differed from the commit. */
  readonly changed: boolean
  readonly loadBefore: readonly number[]
  readonly loadAfter: readonly number[]
}

const git = (...words: string[]): string => {
  try {
    return execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return ''
  }
}

export const commitOf = (): string => git('rev-parse', '--short', 'HEAD') || 'unknown'
export const loadNow = (): readonly number[] => loadavg().map((value) => Math.round(value * 100) / 100)

export function machineFacts(world: World, loadBefore: readonly number[]): MachineFacts {
  const cores = cpus()
  return {
    cpu: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    memoryMb: Math.round(totalmem() / 1_048_576),
    node: process.version,
    postgres: world.version,
    postgresSettings: world.settings,
    commit: commitOf(),
    changed: git('status', '--porcelain', '--untracked-files=no') !== '',
    loadBefore,
    loadAfter: loadNow(),
  }
}
