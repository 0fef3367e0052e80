import { type Finding, type Rule, text } from '../rule.ts'
import { dottedName, importsOf, type Node, parseSource, textOf, walk } from '../syntax.ts'
import { filesOf, isTestCode, sources, type Tree } from '../tree.ts'

const eventFiles = /^packages\/contracts\/src\/events\/[^/]+\.ts$/

/** Name in code, and CloudEvents type, of every integration event. */
function declaredEvents(tree: Tree): { name: string; type: string }[] {
  const events: { name: string; type: string }[] = []
  for (const [path, content] of filesOf(tree, eventFiles)) {
    walk(parseSource(path, content).program, (node) => {
      const init = node.type === 'VariableDeclarator' ? (node.init as Node | null) : null
      if (init?.type !== 'CallExpression' || dottedName(init) !== 'defineEvent') return
      const properties = (((init.arguments as Node[])[0]?.properties ?? []) as Node[]).filter(
        ({ key }) => (key as Node)?.name === 'type',
      )
      events.push({ name: (node.id as Node).name as string, type: textOf(properties[0]?.value as Node) ?? '' })
    })
  }
  return events
}

const declaration = (name: string, type: string): string =>
  text(`export const ${name} = defineEvent({ type: '${type}' })`)
const opened = 'be.ziv.a.v1.things.notify.opened'
const contract = { 'packages/contracts/src/events/a.ts': declaration('thingOpened', opened) }
const writes = text("import { thingOpened } from '@ziv/contracts'", 'export const out = () => draft(thingOpened, {})')
const produced = { ...contract, 'services/a/src/integration/drafts.ts': writes }

/** What was once written is kept as an example for ever. */
export const eventFixtures: Rule = {
  name: 'every version of every integration event has a fixture',
  check(tree) {
    const events = declaredEvents(tree)
    const findings = events.flatMap(({ type }) => {
      const version = /\.v(\d+)\./.exec(type)?.[1] ?? '1'
      const versions = Array.from({ length: Number(version) }, (_, index) => index + 1)
      return versions
        .map((one) => `packages/contracts/fixtures/${type.replace(`.v${version}.`, `.v${one}.`)}/v${one}.json`)
        .filter((path) => !tree.paths.has(path))
        .map((path): Finding => ({ key: path, message: `${type} has no ${path}` }))
    })
    return { read: events.length, findings }
  },
  planted: {
    files: contract,
    key: `packages/contracts/fixtures/${opened}/v1.json`,
    corrected: { ...contract, [`packages/contracts/fixtures/${opened}/v1.json`]: '{}' },
  },
}

interface Usage {
  /** services/x, packages/x or infra/x */
  readonly unit: string
  readonly event: string
  /** In code that runs in production, or in specs and what they use. */
  readonly proof: boolean
  readonly drafted: boolean
}

function usages(tree: Tree, events: readonly { name: string; type: string }[]): { read: number; found: Usage[] } {
  const files = filesOf(tree, sources).filter(([path]) => path.includes('/') && !path.startsWith('packages/contracts/'))
  const found: Usage[] = []
  for (const [path, content] of files) {
    const unit = path.split('/').slice(0, 2).join('/')
    const imported = importsOf(parseSource(path, content)).filter(({ module }) => module === '@ziv/contracts')
    const names = new Set(imported.flatMap((one) => one.names))
    for (const { name, type } of events) {
      if (!names.has(name) && !content.includes(type)) continue
      // a service with many events names them in the table that its one call of draft reads
      const drafted = new RegExp(`\\b(?:(?:draft(?:<[^>]*>)?|topicFor)\\(\\s*|event: )${name}\\b`).test(content)
      found.push({ unit, event: name, proof: isTestCode(path), drafted })
    }
  }
  return { read: files.length, found }
}

/** Somebody writes each event, and both ends show in specs that they do as agreed. */
export const eventsProvenOnBothSides: Rule = {
  name: 'every integration event is produced, and proven by producer and consumers',
  check(tree) {
    const events = declaredEvents(tree)
    const { read, found } = usages(tree, events)
    const findings = events.flatMap(({ name }): Finding[] => {
      const ours = found.filter(({ event }) => event === name)
      // infra hosts and measures the services: their own specs are where the proof belongs
      const units = new Set(
        ours.filter(({ proof, unit }) => !proof && !unit.startsWith('infra/')).map(({ unit }) => unit),
      )
      const unproven = [...units].filter((unit) => !ours.some((usage) => usage.proof && usage.unit === unit))
      const silent = ours.some(({ drafted, proof }) => drafted && !proof)
        ? []
        : [`${name} is written by nobody (draft(${name}, ...))`]
      return [
        ...silent.map((message) => ({ key: name, message })),
        ...unproven.map((unit) => ({
          key: `${unit}#${name}`,
          message: `${unit} uses ${name} and no spec of it says how`,
        })),
      ]
    })
    return { read: events.length === 0 ? 0 : read, findings }
  },
  planted: {
    files: {
      ...produced,
      'services/a/src/a.int.spec.ts': text(`expect(types).toEqual(['${opened}'])`),
      'services/b/src/reactors/a.ts': text("import { thingOpened } from '@ziv/contracts'"),
    },
    key: 'services/b#thingOpened',
    corrected: { ...produced, 'services/a/src/a.int.spec.ts': text(`expect(types).toEqual(['${opened}'])`) },
  },
}
