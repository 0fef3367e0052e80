import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hashOf, migrationsFile, migrationsOf } from './rules/migrations.ts'
import { readTree } from './tree.ts'

// Adds the hash of every migration that has none. Those that are known stay as they are, so that a change is noticed.
const root = fileURLToPath(new URL('../../../', import.meta.url))
const tree = readTree(root)
const known = JSON.parse(tree.files.get(migrationsFile) ?? '{}') as Record<string, string>
const fresh = migrationsOf(tree).filter(([path]) => !(path in known))
const all = { ...known, ...Object.fromEntries(fresh.map(([path, content]) => [path, hashOf(content)])) }
const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(`${root}${migrationsFile}`, `${JSON.stringify(sorted, null, 2)}\n`)
process.stdout.write(`${fresh.length} migrations recorded, ${Object.keys(known).length} known before\n`)
