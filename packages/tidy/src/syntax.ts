import { type Comment, parseSync } from 'oxc-parser'

/** A node of the syntax tree (ESTree with types), as far as the rules look at it. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

export interface Source {
  readonly path: string
  readonly text: string
  readonly program: Node
  readonly comments: readonly Comment[]
}

const parsed = new Map<string, Source>()

/** The syntax tree of a file; parsed once. Throws with the place when the text is not TypeScript. */
export function parseSource(path: string, text: string): Source {
  const key = `${path}\n${text}`
  const known = parsed.get(key)
  if (known !== undefined) return known
  const { program, comments, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new Error(`${path} cannot be read: ${errors[0].message}`)
  const source = { path, text, program: program as unknown as Node, comments }
  parsed.set(key, source)
  return source
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** The nodes directly under a node. */
function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) children.push(...value.filter(isNode))
    else if (isNode(value)) children.push(value)
  }
  return children
}

/** Visits a node and all below it, parents first; `ancestors` ends with the parent. */
export function walk(node: Node, visit: (node: Node, ancestors: readonly Node[]) => void, above: Node[] = []): void {
  visit(node, above)
  above.push(node)
  for (const child of childrenOf(node)) walk(child, visit, above)
  above.pop()
}

export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
export const isFunction = (node: Node): boolean => functionTypes.has(node.type)

/** `a.b.c` of a member expression or a call of it, as far as it is made of plain names. */
export function dottedName(node: Node | undefined): string {
  if (node === undefined) return ''
  if (node.type === 'Identifier') return node.name as string
  if (node.type === 'CallExpression') return dottedName(node.callee as Node)
  if (node.type === 'TaggedTemplateExpression') return dottedName(node.tag as Node)
  if (node.type === 'ChainExpression') return dottedName(node.expression as Node)
  if (node.type === 'AwaitExpression') return dottedName(node.argument as Node)
  if (node.type !== 'MemberExpression' || node.computed === true) return ''
  return `${dottedName(node.object as Node)}.${(node.property as Node).name as string}`
}

/** The name a function goes by: its own, or that of the variable or property that holds it. */
export function nameOfFunction(node: Node, ancestors: readonly Node[]): string {
  const own = node.id as Node | null | undefined
  if (own) return own.name as string
  const parent = ancestors.at(-1)
  if (parent?.type === 'VariableDeclarator') return ((parent.id as Node).name as string | undefined) ?? ''
  if (parent?.type === 'Property' || parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition') {
    const key = parent.key as Node
    return String(key.name ?? key.value ?? '')
  }
  return ''
}

/** The text of a string literal or a template without expressions; undefined for anything else. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type !== 'TemplateLiteral') return undefined
  const quasis = node.quasis as { value: { cooked: string } }[]
  return quasis.length === 1 ? quasis[0]?.value.cooked : undefined
}

/** Every module a file asks for: static, dynamic, re-exported, and in types. */
export function importsOf(source: Source): { module: string; names: string[]; line: number; typeOnly: boolean }[] {
  const found: { module: string; names: string[]; line: number; typeOnly: boolean }[] = []
  walk(source.program, (node) => {
    const from = (node.source ?? undefined) as Node | undefined
    const module = /^(Import|Export|TSImport)/.test(node.type) ? textOf(from) : undefined
    if (module === undefined) return
    const specifiers = (node.specifiers ?? []) as Node[]
    const names = specifiers.map((one) => ((one.imported ?? one.local ?? {}) as { name?: string }).name ?? '*')
    const typeOnly = node.importKind === 'type' || node.exportKind === 'type' || node.type === 'TSImportType'
    found.push({ module, names, line: lineAt(source.text, node.start), typeOnly })
  })
  return found
}
