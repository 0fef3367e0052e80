import { type Finding, type Rule, text } from '../rule.ts'
import { dottedName, lineAt, type Node, parseSource, textOf, walk } from '../syntax.ts'
import { filesOf, isTestCode, sources } from '../tree.ts'

const product = /^(packages|services)\//
/** The strict way itself, the reader of declared encodings on top of it, and what only opens text that it sealed. */
const strict = new Set([
  'packages/kernel/src/utf8.ts',
  'packages/formats/src/decode.ts',
  'packages/privacy/src/vault.ts',
])

function decodes(node: Node): boolean {
  if (node.type === 'NewExpression') return /^TextDecoder(Stream)?$/.test(dottedName(node.callee as Node))
  if (node.type !== 'CallExpression') return false
  const callee = node.callee as Node
  if (callee.type !== 'MemberExpression' || callee.computed === true) return false
  const { name } = callee.property as Node
  return (
    name === 'setEncoding' || (name === 'toString' && /^utf-?8$/i.test(textOf((node.arguments as Node[])[0]) ?? ''))
  )
}

export const bytesBecomeText: Rule = {
  name: 'bytes become text by the decoder that replaces none',
  check(tree) {
    const files = filesOf(tree, sources).filter(
      ([path]) => product.test(path) && !isTestCode(path) && !strict.has(path),
    )
    const findings: Finding[] = []
    for (const [path, content] of files) {
      walk(parseSource(path, content).program, (node) => {
        if (!decodes(node)) return
        const message = `${path}:${lineAt(content, node.start)} decodes bytes: use decodeUtf8, Utf8Decoder or utf8Lines of @ziv/kernel`
        findings.push({ key: path, message })
      })
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { 'services/a/src/a.ts': text("export const read = (bytes: Buffer) => bytes.toString('utf8')") },
    key: 'services/a/src/a.ts',
    corrected: {
      'services/a/src/a.ts': text("import { decodeUtf8 } from '@ziv/kernel'", 'export const read = decodeUtf8'),
      'packages/kernel/src/utf8.ts': text("export const decoder = new TextDecoder('utf-8', { fatal: true })"),
    },
  },
}
