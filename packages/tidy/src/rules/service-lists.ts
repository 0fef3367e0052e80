import { type Finding, type Rule, text } from '../rule.ts'
import { filesOf, type Tree } from '../tree.ts'

/** Written by a command from the folders and definitions of the services; specs compare them. */
const made = [
  ...['infra/sandbox/src/hosted.ts', 'infra/sandbox/package.json', 'packages/contracts/src/events/index.ts'],
  ...['docker-compose.yml', 'biome.json', 'infra/compose/kafka/start.sh', 'infra/compose/proxy/nginx.conf'],
  ...['infra/compose/proxy/index.html', 'infra/compose/postgres/databases.sql', 'packages/tidy/src/migrations.json'],
  ...['pnpm-lock.yaml', 'packages/contracts/generated/asyncapi.yaml'],
]

/**
 * Where a new service is entered by hand outside its folder, besides its events in `packages/contracts` (a file of its own there and
 * their fixtures): three places in all may stand here. The calls of endpoints are asked for only when a row of its `access.yaml`
 * does not say enough.
 */
const byHand = ['infra/topics.yaml', 'infra/e2e/src/access/calls.fixture.ts']

/** Names that stand nearer to one another than this are a list; farther apart they are told one after the other. */
const LIST_CHARACTERS = 700

const namesOf = (tree: Tree): string[] =>
  [...tree.paths].flatMap((path) => /^services\/([^/]+)$/.exec(path)?.[1] ?? []).sort()

/** Whether the names all stand near to one another somewhere. */
function listsAll(content: string, names: readonly string[]): boolean {
  const places = [...content.matchAll(new RegExp(`\\b(${names.join('|')})\\b`, 'g'))]
  const latest = new Map<string, number>()
  return places.some(({ 0: name, index }) => {
    latest.set(name, index)
    return latest.size === names.length && index - Math.min(...latest.values()) < LIST_CHARACTERS
  })
}

/** A service is entered in three places outside its folder: a further list of all of them would be the fourth. */
export const servicesListedOnce: Rule = {
  name: 'no further list of all services is kept by hand',
  check(tree) {
    const names = namesOf(tree)
    const files = filesOf(tree, /^(packages|infra)\/|^[^/]+\.(json|ya?ml|ts)$/).filter(
      ([path]) => !path.endsWith('.md'),
    )
    const known = new Set([...made, ...byHand])
    const findings = files
      .filter(([path, content]) => !known.has(path) && names.length > 1 && listsAll(content, names))
      .map(
        ([path]): Finding => ({
          key: path,
          message: `${path} lists every service (${names.join(', ')}): take them from the definitions, so that a new one is there by itself`,
        }),
      )
    return { read: files.length, findings }
  },
  planted: {
    files: {
      'services/alpha/src/service.ts': text('export const alpha = 1'),
      'services/beta/src/service.ts': text('export const beta = 1'),
      'infra/bench/src/all.ts': text("const all = ['beta', 'alpha']"),
    },
    key: 'infra/bench/src/all.ts',
    corrected: {
      'services/alpha/src/service.ts': text('export const alpha = 1'),
      'services/beta/src/service.ts': text('export const beta = 1'),
      'infra/topics.yaml': text('write: [alpha, beta]'),
      'infra/bench/src/all.ts': text(
        "const one = 'alpha'",
        `// ${'-'.repeat(LIST_CHARACTERS)}`,
        "const other = 'beta'",
      ),
    },
  },
}
