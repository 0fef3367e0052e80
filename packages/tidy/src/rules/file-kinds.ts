import { type Finding, type Rule, text } from '../rule.ts'
import { type Node, parseSource, textOf, walk } from '../syntax.ts'
import { filesOf, isSpec, sources } from '../tree.ts'

/** A kind of file: its name, that of its resource, and the file that defines it. */
interface Kind {
  readonly kind: string
  readonly resource: string
  readonly path: string
  readonly service: string
}

// what sends files, plays and measures is no part of a kind
const senders = /^infra\/(demo|bench|fuzz|containers)\/|^infra\/e2e\/(?!src\/access\/)/
/** The two places that a new kind of file is named in, outside its own files: the list of its service, and who may send and read it. */
const places = [/^services\/[^/]+\/src\/service\.ts$/, /^services\/[^/]+\/access\.yaml$/]
/** What a kind may have over and above: a message of its own; a body that no row of access can say, or a file in its world. */
const more = [/^packages\/contracts\/src\/events\//, /^infra\/e2e\/src\/access\/(seed|calls)\.fixture\.ts$/]

const constantOf = (name: string): string => name.replaceAll(/(?=[A-Z])/g, '_').toUpperCase()

/** Text of properties of one name that are given as text, in the order of the file. */
function given(program: Node, name: string): string[] {
  const found: string[] = []
  walk(program, (node) => {
    if (node.type !== 'Property' || (node.key as Node).name !== name) return
    const value = textOf(node.value as Node)
    if (value !== undefined) found.push(value)
  })
  return found
}

/** Every kind of file of the services: a resource that a file of a service gives as text, with its singular. */
function kindsOf(files: readonly (readonly [string, string])[]): readonly Kind[] {
  return files.flatMap(([path, content]) => {
    const service = /^services\/([^/]+)\/src\//.exec(path)?.[1]
    if (service === undefined) return []
    return given(parseSource(path, content).program, 'resource').map((resource) => {
      const kind = resource.endsWith('ches') ? resource.slice(0, -2) : resource.slice(0, -1)
      return { kind, resource, path, service }
    })
  })
}

/** Names and texts of a file, without its comments. */
function saidIn(path: string, content: string): ReadonlySet<string> {
  const said = new Set<string>()
  walk(parseSource(path, content).program, (node) => {
    if (node.type === 'Identifier') said.add(node.name as string)
    const words = node.type === 'Literal' ? String(node.value) : node.type === 'TemplateElement' ? rawOf(node) : ''
    for (const word of words.match(/\w+/g) ?? []) said.add(word)
  })
  return said
}

const rawOf = (node: Node): string => (node.value as { readonly raw: string }).raw

/**
 * A kind of file is defined once. In its service a file that names no other kind is its own; whatever else names it is a place that a
 * new kind has to be added to, and there are two.
 */
export const fileKindsDefinedOnce: Rule = {
  name: 'a kind of file is named in two places outside its own files',
  check(tree) {
    const files = filesOf(tree, sources).filter(([path]) => !isSpec(path) && !senders.test(path))
    const kinds = kindsOf(files)
    const findings: Finding[] = []
    for (const [path, content] of files) {
      const said = saidIn(path, content)
      const named = kinds.filter(({ kind, resource }) =>
        [kind, resource, constantOf(kind)].some((name) => said.has(name)),
      )
      for (const { kind, resource, path: own, service } of named) {
        const ofService = path.startsWith(`services/${service}/`)
        if (path === own || (ofService && named.length === 1)) continue
        if ([...places, ...more].some((place) => place.test(path))) continue
        const message = `${path} names the kind of file ${kind}: make what it needs from the definition of the kind (${own})`
        findings.push({ key: `${path}#${resource}`, message })
      }
    }
    return { read: kinds.length, findings }
  },
  planted: {
    files: {
      'services/a/src/api/toys.ts': text("export const toys = () => ({ kind: 'toy', resource: 'toys' })"),
      'services/a/src/service.ts': text('export const kinds = [toys]'),
      'infra/cli/src/commands/import.ts': text("export const paths = { toys: '/a/v1/toys' }"),
    },
    key: 'infra/cli/src/commands/import.ts#toys',
    corrected: {
      'services/a/src/api/toys.ts': text("export const toys = () => ({ kind: 'toy', resource: 'toys' })"),
      'services/a/src/intake/toy.ts': text("export const TOY = 'toy'"),
      'services/a/src/service.ts': text('export const kinds = [toys]'),
      'services/a/access.yaml': text('FILE /toys/:toyId:', '  may: { system: all }'),
      'infra/cli/src/commands/import.ts': text('// for instance toys', 'export const paths = routes'),
    },
  },
}
