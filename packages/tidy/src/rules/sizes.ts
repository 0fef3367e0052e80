import { type Finding, type Rule, text } from '../rule.ts'
import { dottedName, isFunction, lineAt, nameOfFunction, parseSource, walk } from '../syntax.ts'
import { filesOf, sources } from '../tree.ts'

const functionLinesMax = 70
const fileLinesMax = 300
const fileLinesWished = 150

const long = (lines: number): string[] => Array.from({ length: lines }, (_, index) => `  const v${index} = ${index}`)

/** A function fits on a screen. What `describe` is given is a chapter, not a function: its tests are measured. */
export const functionLength: Rule = {
  name: 'functions have at most 70 lines',
  check(tree) {
    const findings: Finding[] = []
    const files = filesOf(tree, sources)
    for (const [path, content] of files) {
      walk(parseSource(path, content).program, (node, ancestors) => {
        if (!isFunction(node)) return
        const parent = ancestors.at(-1)
        if (parent?.type === 'CallExpression' && /^describe\b/.test(dottedName(parent))) return
        const line = lineAt(content, node.start)
        const size = lineAt(content, node.end) - line + 1
        if (size <= functionLinesMax) return
        const key = `${path}#${nameOfFunction(node, ancestors) || 'unnamed'}`
        findings.push({
          key,
          size,
          message: `${path}:${line} is a function of ${size} lines: cut it into steps with names`,
        })
      })
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { 'packages/a/src/a.ts': text('export function endless() {', ...long(70), '}') },
    key: 'packages/a/src/a.ts#endless',
    corrected: {
      'packages/a/src/a.ts': text('export function short() {', ...long(68), '}'),
      'packages/a/src/a.spec.ts': text("describe('a chapter', () => {", ...long(90), '})'),
    },
  },
}

/** What people write: TypeScript, data of the law and SQL. What is generated is as long as it is. */
const written = /^(?!pnpm-lock\.yaml$|docs\/reference\/|.*\/generated\/).*\.(ts|ya?ml|sql)$/

/** A file holds one concept. */
export const fileLength: Rule = {
  name: 'files have at most 300 lines',
  check(tree) {
    const files = filesOf(tree, written)
    const sizes = files.map(([path, content]) => ({ path, size: content.split('\n').length - 1 }))
    const findings = sizes
      .filter(({ size }) => size > fileLinesMax)
      .map(({ path, size }) => ({ key: path, size, message: `${path} has ${size} lines: one concept per file` }))
    const wide = sizes.filter(({ size }) => size > fileLinesWished).length
    return { read: files.length, findings, note: `${wide} over the wished ${fileLinesWished}` }
  },
  planted: {
    files: { 'services/a/scenarios/a.yaml': text(...long(301)) },
    key: 'services/a/scenarios/a.yaml',
    corrected: {
      'services/a/scenarios/a.yaml': text(...long(300)),
      'services/a/src/a.ts': text(...long(300)),
      'services/a/migrations/0001_a.sql': text(...long(300)),
      'packages/contracts/generated/asyncapi.yaml': text(...long(301)),
      'pnpm-lock.yaml': text(...long(301)),
    },
  },
}
