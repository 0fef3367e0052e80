import { createHash } from 'node:crypto'
import { type Finding, type Rule, text } from '../rule.ts'
import { filesOf, type Tree } from '../tree.ts'

/** Hashes of the migrations that databases may have run; `record-migrations.ts` adds, nothing replaces. */
export const migrationsFile = 'packages/tidy/src/migrations.json'
const migrations = /\/migrations\/.*\.sql$/

export const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex')
export const migrationsOf = (tree: Tree): [path: string, text: string][] => filesOf(tree, migrations)

const sql = text('CREATE TABLE a ();')
const planted = (paths: Record<string, string>, recorded: Record<string, string>): Record<string, string> => ({
  ...paths,
  [migrationsFile]: JSON.stringify(recorded),
})

export const migrationNumbers: Rule = {
  name: 'migrations are numbered without holes',
  check(tree) {
    const files = migrationsOf(tree)
    const folders = Map.groupBy(files, ([path]) => path.slice(0, path.lastIndexOf('/')))
    const findings: Finding[] = []
    for (const [folder, entries] of folders) {
      entries.forEach(([path], index) => {
        const expected = `${String(index + 1).padStart(4, '0')}_`
        const name = path.slice(folder.length + 1)
        if (!name.startsWith(expected)) findings.push({ key: path, message: `${path} should begin with ${expected}` })
      })
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { 'services/a/migrations/0001_a.sql': sql, 'services/a/migrations/0003_c.sql': sql },
    key: 'services/a/migrations/0003_c.sql',
    corrected: { 'services/a/migrations/0001_a.sql': sql, 'services/a/migrations/0002_c.sql': sql },
  },
}

/** A database somewhere has run it: a change is a new migration. */
export const migrationsImmutable: Rule = {
  name: 'migrations never change',
  check(tree) {
    const recorded = JSON.parse(tree.files.get(migrationsFile) ?? '{}') as Record<string, string>
    const files = migrationsOf(tree)
    const findings = files
      .filter(([path, content]) => recorded[path] !== hashOf(content))
      .map(([path]): Finding => {
        const changed = `${path} was changed after it was recorded: write a new migration instead`
        const fresh = `${path} is not recorded: run node packages/tidy/src/record-migrations.ts`
        return { key: path, message: path in recorded ? changed : fresh }
      })
    const gone = Object.keys(recorded).filter((path) => !tree.files.has(path))
    return {
      read: files.length,
      findings: [
        ...findings,
        ...gone.map((path) => ({ key: path, message: `${path} is recorded and gone: databases have run it` })),
      ],
    }
  },
  planted: {
    files: planted(
      { 'services/a/migrations/0001_a.sql': sql },
      { 'services/a/migrations/0001_a.sql': hashOf('other') },
    ),
    key: 'services/a/migrations/0001_a.sql',
    corrected: planted(
      { 'services/a/migrations/0001_a.sql': sql },
      { 'services/a/migrations/0001_a.sql': hashOf(sql) },
    ),
  },
}
