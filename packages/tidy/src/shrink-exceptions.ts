import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseExceptions } from './ratchet.ts'
import { rules } from './rules.ts'
import { readTree } from './tree.ts'

// Strikes the exceptions that nobody needs any more and lowers the sizes. It never adds one: that is a decision.
const root = fileURLToPath(new URL('../../../', import.meta.url))
const file = 'packages/tidy/src/exceptions.json'
const tree = readTree(root)
const before = parseExceptions(tree.files.get(file) ?? '{}')
const today = new Date().toISOString().slice(0, 10)

const after = rules.map(({ name, check }) => {
  const sizes = new Map(check(tree, today).findings.map(({ key, size }) => [key, size]))
  const kept = Object.entries(before[name] ?? {}).filter(([key]) => sizes.has(key))
  const lowered = kept.map(([key, why]) => [key, typeof why === 'number' ? Math.min(why, sizes.get(key) ?? why) : why])
  return [name, Object.fromEntries(lowered)] as const
})
const count = (lists: readonly object[]): number => lists.reduce((sum, list) => sum + Object.keys(list).length, 0)
const filled = after.filter(([, entries]) => Object.keys(entries).length > 0)
writeFileSync(`${root}${file}`, `${JSON.stringify(Object.fromEntries(filled), null, 2)}\n`)
process.stdout.write(
  `${count(Object.values(before))} exceptions before, ${count(after.map(([, entries]) => entries))} now\n`,
)
