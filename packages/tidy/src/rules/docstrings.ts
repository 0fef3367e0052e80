import { posix } from 'node:path'
import { type Finding, type Rule, text } from '../rule.ts'
import { lineAt, type Node, parseSource, type Source } from '../syntax.ts'
import { filesOf, type Tree } from '../tree.ts'

interface Declaration {
  readonly path: string
  readonly name: string
  readonly node: Node
  readonly source: Source
}

const nameOf = (node: unknown): string =>
  String((node as Node | undefined)?.name ?? (node as Node | undefined)?.value ?? '')

/** Names a top-level statement declares. */
function declaredBy(statement: Node): string[] {
  const declaration = (statement.declaration ?? statement) as Node
  if (declaration.type === 'VariableDeclaration')
    return (declaration.declarations as Node[]).map(({ id }) => nameOf(id))
  return declaration.id ? [nameOf(declaration.id)] : []
}

/** Where the wanted names (or all exported ones) of a file are declared, through re-exports. */
function declarations(tree: Tree, path: string, wanted: ReadonlySet<string> | undefined): Declaration[] {
  const content = tree.files.get(path)
  if (content === undefined) return []
  const source = parseSource(path, content)
  const found: Declaration[] = []
  for (const statement of source.program.body as Node[]) {
    const exported = statement.type === 'ExportNamedDeclaration'
    const module = nameOf(statement.source)
    const target = module.startsWith('.') ? posix.join(posix.dirname(path), module) : undefined
    if (statement.type === 'ExportAllDeclaration' && target !== undefined) {
      found.push(...declarations(tree, target, statement.exported ? undefined : wanted))
    } else if (exported && target !== undefined) {
      const specifiers = (statement.specifiers as Node[]).filter(({ exported: as }) => wanted?.has(nameOf(as)) ?? true)
      const names = new Set(specifiers.map(({ local }) => nameOf(local)))
      if (names.size > 0) found.push(...declarations(tree, target, names))
    } else {
      for (const name of declaredBy(statement)) {
        const meant = wanted === undefined ? exported : wanted.has(name)
        if (meant) found.push({ path, name, node: statement, source })
      }
    }
  }
  return found
}

/**
 * A contract says in its own words what it is: what is generated from it shows them. The fields of a type may carry the
 * words, and a type made of a value (`typeof`, `z.infer`) has those of the value.
 */
function describesItself({ node, source }: Declaration): boolean {
  const declared = source.text.slice(node.start, node.end)
  const type = /^export (interface|type)\b/.test(declared)
  return /\bsummary: '|\.describe\(/.test(declared) || (type && /\/\*\*|\btypeof\b/.test(declared))
}

/** A doc comment that ends where the declaration begins. */
const isDocumented = ({ node, source }: Declaration): boolean =>
  source.comments.some(
    ({ type, value, end }) =>
      type === 'Block' &&
      value.startsWith('*') &&
      end <= node.start &&
      source.text.slice(end, node.start).trim() === '',
  )

/** What others call is explained where it is declared; one comment may stand for overloads of the same name. */
export const publicDocstrings: Rule = {
  name: 'what a package offers has a docstring',
  check(tree) {
    const indexes = filesOf(tree, /^packages\/[^/]+\/src\/(index|testing)\.ts$/)
    const all = indexes.flatMap(([path]) => declarations(tree, path, undefined))
    const documented = new Set(
      all.filter((one) => isDocumented(one) || describesItself(one)).map(({ path, name }) => `${path}#${name}`),
    )
    const findings = new Map<string, Finding>()
    for (const { path, name, node, source } of all) {
      const key = `${path}#${name}`
      if (documented.has(key)) continue
      findings.set(key, {
        key,
        message: `${path}:${lineAt(source.text, node.start)} offers ${name} without a docstring`,
      })
    }
    return { read: indexes.length, findings: [...findings.values()], note: `${all.length} exports` }
  },
  planted: {
    files: {
      'packages/a/src/index.ts': text("export { one } from './one.ts'"),
      'packages/a/src/one.ts': text('export const one = 1'),
    },
    key: 'packages/a/src/one.ts#one',
    corrected: {
      'packages/a/src/index.ts': text("export { one } from './one.ts'", "export * from './two.ts'"),
      'packages/a/src/one.ts': text('/** The first number. */', 'export const one = 1', 'export const unseen = 2'),
      'packages/a/src/two.ts': text('/** The second. */', 'export function two(): void {}'),
    },
  },
}
