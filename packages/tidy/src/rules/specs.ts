import { type Finding, type Rule, text } from '../rule.ts'
import { dottedName, isFunction, lineAt, type Node, nameOfFunction, parseSource, textOf, walk } from '../syntax.ts'
import { filesOf, isSpec, isTestCode, sources, type Tree } from '../tree.ts'

const isTest = (name: string): boolean =>
  /^(it|test)(\.(each|for|only|skip|todo|skipIf|runIf|fails|concurrent|sequential))*$/.test(name)
const spec = 'packages/a/src/a.spec.ts'

type Call = { path: string; content: string; node: Node; name: string; args: Node[]; ancestors: readonly Node[] }

/** Every call in specs (or in all test code), for the rules below. */
function forEachCall(tree: Tree, wanted: (path: string) => boolean, visit: (call: Call) => void): number {
  const files = filesOf(tree, sources).filter(([path]) => wanted(path))
  for (const [path, content] of files) {
    walk(parseSource(path, content).program, (node, ancestors) => {
      if (node.type !== 'CallExpression') return
      visit({ path, content, node, name: dottedName(node), args: node.arguments as Node[], ancestors })
    })
  }
  return files.length
}

const place = ({ path, content, node }: Call): string => `${path}:${lineAt(content, node.start)}`

export const noOnly: Rule = {
  name: 'no test stands alone (.only)',
  check(tree) {
    const findings: Finding[] = []
    const read = forEachCall(tree, isTestCode, (call) => {
      if (!/^(it|test|describe|suite)\.(.*\.)?only\b/.test(call.name)) return
      findings.push({ key: call.path, message: `${place(call)} runs alone: the others of the file are left out` })
    })
    return { read, findings }
  },
  planted: {
    files: { [spec]: text("it.only('one', () => expect(f()).toBe(1))") },
    key: spec,
    corrected: { [spec]: text("it('one', () => expect(f()).toBe(1))") },
  },
}

/** `context.skip(condition, 'reason')` prints its reason; a name may carry it: `(needs a broker)`. */
function skipsSilently({ name, args, node }: Call): boolean {
  const bare = (node.callee as Node).type === 'MemberExpression'
  if (/^(it|test|describe|suite)\.(skipIf|runIf)$/.test(name))
    return !bare && !/\(needs [^)]+\)/.test(textOf(args[0]) ?? '')
  if (/^(it|test|describe|suite)\.(skip|todo)$/.test(name)) return !/skipped: \w+/.test(textOf(args[0]) ?? '')
  if (!/^(skip|(ctx|context|task)\.skip)$/.test(name)) return false
  return !args.some((arg) => arg.type === 'TemplateLiteral' || textOf(arg) !== undefined)
}

export const noSilentSkip: Rule = {
  name: 'a skipped test says why',
  check(tree) {
    const findings: Finding[] = []
    const read = forEachCall(tree, isSpec, (call) => {
      if (!skipsSilently(call)) return
      const message = `${place(call)} skips without a reason: use ({ skip }) => skip(condition, 'why'), or name it (needs ...)`
      findings.push({ key: `${call.path}#${call.name}`, message })
    })
    return { read, findings }
  },
  planted: {
    files: { [spec]: text("describe.skipIf(broker === null)('a broker', () => {})") },
    key: `${spec}#describe.skipIf`,
    corrected: {
      [spec]: text("it('asks', ({ skip }) => { skip(broker === null, 'no broker'); expect(f()).toBe(1) })"),
    },
  },
}

export const uniqueTestNames: Rule = {
  name: 'test names are unique in their file',
  check(tree) {
    const findings: Finding[] = []
    const seen = new Set<string>()
    const read = forEachCall(tree, isSpec, (call) => {
      const title = isTest(call.name) ? textOf(call.args[0]) : undefined
      if (title === undefined) return
      const key = `${call.path}#${title}`
      if (seen.has(key)) findings.push({ key, message: `${place(call)} is a second test "${title}"` })
      seen.add(key)
    })
    return { read, findings }
  },
  planted: {
    files: { [spec]: text("it('adds', () => expect(f()).toBe(1))", "it('adds', () => expect(f()).toBe(2))") },
    key: `${spec}#adds`,
    corrected: { [spec]: text("it('adds', () => expect(f()).toBe(1))", "it('adds two', () => expect(f()).toBe(2))") },
  },
}

export const noVacuousExpectation: Rule = {
  name: 'an expectation expects something',
  check(tree) {
    const findings: Finding[] = []
    const read = forEachCall(tree, isTestCode, (call) => {
      if (call.name !== 'expect') return
      const { args, ancestors } = call
      const constant = args[0]?.type === 'Literal' && typeof args[0].value !== 'string'
      const unused = ancestors.at(-1)?.type === 'ExpressionStatement'
      if (!constant && !unused) return
      const why = constant ? 'expects something of a constant' : 'never says what it expects'
      findings.push({ key: call.path, message: `${place(call)} ${why}` })
    })
    return { read, findings }
  },
  planted: {
    files: { [spec]: text("it('works', () => { expect(true).toBe(true) })") },
    key: spec,
    corrected: { [spec]: text("it('works', () => { expect(works()).toBe(true) })") },
  },
}

const asserting = /^(expect|expectTypeOf|assert|fc\.assert|given)(\.|$)|\.(then|thenRejected|thenNothing)$/

/** Does the node expect something itself, or through a function that does? */
function asserts(node: Node, helpers: ReadonlySet<string>): boolean {
  let found = false
  walk(node, (one) => {
    if (one.type === 'ThrowStatement') found = true
    if (one.type !== 'CallExpression') return
    const name = dottedName(one)
    const last = name.split('.').at(-1) ?? ''
    if (asserting.test(name) || helpers.has(last)) found = true
    for (const arg of one.arguments as Node[])
      if (arg.type === 'Identifier' && helpers.has(arg.name as string)) found = true
  })
  return found
}

/** Names of functions in test code that expect something, directly or through each other. */
function assertingHelpers(tree: Tree): ReadonlySet<string> {
  const functions: { name: string; node: Node }[] = []
  for (const [path, content] of filesOf(tree, sources).filter(([path]) => isTestCode(path))) {
    walk(parseSource(path, content).program, (node, ancestors) => {
      const name = isFunction(node) ? nameOfFunction(node, ancestors) : ''
      if (name !== '') functions.push({ name, node })
    })
  }
  const helpers = new Set<string>()
  for (let before = -1; before !== helpers.size; ) {
    before = helpers.size
    for (const { name, node } of functions) if (!helpers.has(name) && asserts(node, helpers)) helpers.add(name)
  }
  return helpers
}

export const everyTestAsserts: Rule = {
  name: 'every spec and every test asserts',
  check(tree) {
    const findings: Finding[] = []
    const helpers = assertingHelpers(tree)
    const withTests = new Set<string>()
    const read = forEachCall(tree, isSpec, (call) => {
      const body = call.args.findLast(isFunction) ?? call.args.findLast((arg) => arg.type === 'Identifier')
      if (helpers.has(call.name)) withTests.add(call.path)
      const prepared = call.ancestors.at(-1)?.callee === call.node
      if (!isTest(call.name) || body === undefined || prepared) return
      withTests.add(call.path)
      if (/\.(skip|todo)$/.test(call.name) || asserts(body, helpers) || helpers.has(String(body.name ?? ''))) return
      const title = textOf(call.args[0]) ?? 'unnamed'
      findings.push({ key: `${call.path}#${title}`, message: `${place(call)} is a test that asserts nothing` })
    })
    for (const path of [...tree.files.keys()].filter((path) => isSpec(path) && !withTests.has(path))) {
      findings.push({ key: path, message: `${path} is a spec without a test` })
    }
    return { read, findings }
  },
  planted: {
    files: { [spec]: text("it('runs', async () => { await run() })") },
    key: `${spec}#runs`,
    corrected: { [spec]: text('const check = () => expect(run()).toBe(1)', "it('runs', () => { check() })") },
  },
}
