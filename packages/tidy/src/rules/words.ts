import { type Finding, type Rule, text, type Verdict } from '../rule.ts'
import { dottedName, lineAt, parseSource, walk } from '../syntax.ts'
import { filesOf, isSpec, sources, type Tree } from '../tree.ts'

/** Lines of files that match a pattern; the key is the path and what matched. */
function search(tree: Tree, files: RegExp, pattern: RegExp, advice: string, spared = (_: string) => false): Verdict {
  const chosen = filesOf(tree, files).filter(([path]) => !spared(path))
  const findings: Finding[] = []
  for (const [path, content] of chosen) {
    for (const match of content.matchAll(pattern)) {
      const word = match[0].trim()
      findings.push({
        key: `${path}#${word}`,
        message: `${path}:${lineAt(content, match.index)} says "${word}": ${advice}`,
      })
    }
  }
  return { read: chosen.length, findings }
}

// split, so that these files do not offend against themselves
const joined = (...parts: string[]): string => parts.join('')
const anyFile = /./
const license = (path: string): boolean => path === 'LICENSE'

/** Output is the business of the command line; everything else has a logger. */
export const noConsole: Rule = {
  name: 'only the command line writes to the console',
  check(tree) {
    const files = filesOf(tree, sources).filter(([path]) => !path.startsWith('infra/cli/'))
    const findings: Finding[] = []
    for (const [path, content] of files) {
      walk(parseSource(path, content).program, (node) => {
        if (node.type !== 'MemberExpression' || !dottedName(node).startsWith('console.')) return
        findings.push({ key: path, message: `${path}:${lineAt(content, node.start)} uses the console: use the logger` })
      })
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { 'services/a/src/a.ts': text("console.log('here')") },
    key: 'services/a/src/a.ts',
    corrected: {
      'infra/cli/src/a.ts': text("console.log('here')"),
      'services/a/src/a.ts': text("// console.log('here')"),
    },
  },
}

/** What is left to do is an issue with a number, or it is forgotten. */
export const noOpenEnds: Rule = {
  name: 'what is left to do has an issue number',
  check: (tree) =>
    search(
      tree,
      /\.(ts|js|mjs|sql|ya?ml|md|sh|json|xml)$|^\.ci\//,
      new RegExp(joined('\\b(?:TO', 'DO|FIX', 'ME|HA', 'CK)\\b(?![^\\n]*#\\d+)'), 'g'),
      'do it, or open an issue and name its number (#12)',
      (path) => path === 'pnpm-lock.yaml',
    ),
  planted: {
    files: { 'packages/a/src/a.ts': text(joined('// TO', 'DO: later')) },
    key: joined('packages/a/src/a.ts#TO', 'DO'),
    corrected: { 'packages/a/src/a.ts': text(joined('// TO', 'DO #12: later')) },
  },
}

/** A clone installs from wherever its user is configured to. */
export const noRegistryHosts: Rule = {
  name: 'no registry is named',
  check: (tree) =>
    search(
      tree,
      anyFile,
      new RegExp(
        joined(
          '\\bregistry\\.[a-z0-9-]+\\.[a-z]{2,}\\b|\\brepo1?\\.maven\\.[a-z.]+|\\bartif',
          'actory\\b|/repository/(?:npm|maven)\\b',
        ),
        'gi',
      ),
      'leave the registry to the configuration of the machine',
      license,
    ),
  planted: {
    files: { 'infra/kafka/pom.xml': text(joined('<url>https://repo1.', 'maven.org/maven2</url>')) },
    key: joined('infra/kafka/pom.xml#repo1.', 'maven.org'),
    corrected: { 'infra/kafka/pom.xml': text('<project></project>') },
  },
}

/** Specs may name places that do not exist. */
export const noMachinePaths: Rule = {
  name: 'no path of a machine is named',
  check: (tree) =>
    search(
      tree,
      anyFile,
      new RegExp(joined('(?<![\\w.~$}*/-])/(?:wo', 'rk|t', 'mp|Us', 'ers|home/\\w+|root)/|\\bbash', '_jobs\\b'), 'g'),
      'ask for the folder (tmpdir(), import.meta.url), it is another one elsewhere',
      (path) => isSpec(path) || license(path),
    ),
  planted: {
    files: { 'infra/a/src/a.ts': text(joined("const folder = '/t", "mp/a'")) },
    key: joined('infra/a/src/a.ts#/t', 'mp/'),
    corrected: { 'infra/a/src/a.ts': text("const folder = join(tmpdir(), 'a')", "const wide = '/var/tmp/a'") },
  },
}

/** A concept has the noun of its field, not a picture: the glossary and the next reader look for that. */
export const plainNouns: Rule = {
  name: 'what has a noun of its field is not called by a picture',
  check: (tree) =>
    search(
      tree,
      /^(packages|services|infra)\/.*\.(ts|sql)$/,
      new RegExp(joined('stre', 'tch|\\bde', 'sks?\\b|\\bcir', 'cles?\\b|\\blad', 'ders?\\b|\\bga', 'tes?\\b'), 'gi'),
      'say range, handler, cycle, order or lock',
    ),
  planted: {
    files: { 'packages/a/src/a.ts': text(joined('// a stre', 'tch of keys')) },
    key: joined('packages/a/src/a.ts#stre', 'tch'),
    corrected: { 'packages/a/src/a.ts': text('// a range of keys') },
  },
}

/** Work goes on, or an asked thing was refused: who reads two services reads one word for it. The glossary lists the words. */
export const oneWordPerState: Rule = {
  name: 'a state is called by one word everywhere',
  check: (tree) =>
    search(
      tree,
      /^(packages|services)\/.*\.(ts|sql)$/,
      new RegExp(
        joined("(?<!\\bstatus === )'(?:wor", 'king|run', 'ning|rej', 'ected|fini', 'shed|comp', 'leted|den', "ied)'"),
        'g',
      ),
      'say processing, done or refused, as the other states do',
      isSpec,
    ),
  planted: {
    files: { 'packages/a/src/a.ts': text(joined("const state = 'wor", "king'")) },
    key: joined("packages/a/src/a.ts#'wor", "king'"),
    corrected: { 'packages/a/src/a.ts': text("const state = 'processing'") },
  },
}

const authorTools = [
  joined('clau', 'de'),
  joined('anthro', 'pic'),
  joined('open', 'ai'),
  joined('chat', 'gpt'),
  joined('co', 'pilot'),
  joined('gemi', 'ni'),
  joined('language ', 'model'),
  joined('sub', 'agent'),
  joined('co-', 'authored-by'),
]

/** The text stands for itself: it does not tell what it was written with. */
export const noAuthorTools: Rule = {
  name: 'no tool of the authors is named',
  check: (tree) =>
    search(
      tree,
      anyFile,
      new RegExp(`\\b(?:${authorTools.join('|')})\\b`, 'gi'),
      'say what it does instead',
      (path) => path === 'pnpm-lock.yaml',
    ),
  planted: {
    files: { 'docs/a.md': text(`Written by ${authorTools[4]}.`) },
    key: `docs/a.md#${authorTools[4]}`,
    corrected: { 'docs/a.md': text('Written by us.') },
  },
}
