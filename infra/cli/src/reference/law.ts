import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { articles, loadLaw } from '@ziv/law'
import { answerScenario, lawSources, reads } from '@ziv/law/testing'
import { askedScenarios } from './askers.ts'
import { code, generatedHead, table } from './markdown.ts'

const root = new URL('../../../../', import.meta.url)
const rulesFolder = new URL('packages/law/src/rules/', root)

/** What the answers to all scenarios say of one ground: how many of each file gave it, and the parameters that they cite for it. */
interface Cited {
  readonly scenarios: Map<string, number>
  readonly parameters: Set<string>
}

const nothing = (): Cited => ({ scenarios: new Map(), parameters: new Set() })

/** Asks every scenario, and notes the grounds that its answer rests on. */
function citedGrounds(): ReadonlyMap<string, Cited> {
  const law = loadLaw()
  const cited = new Map<string, Cited>()
  for (const { scenario, questions, path } of askedScenarios()) {
    const { grounds } = answerScenario(scenario, law, questions)
    for (const [rule, given] of Map.groupBy(grounds, (ground) => ground.rule)) {
      const row = cited.get(rule) ?? nothing()
      row.scenarios.set(path, (row.scenarios.get(path) ?? 0) + 1)
      for (const { name } of given.flatMap(({ parameters }) => parameters)) row.parameters.add(name)
      cited.set(rule, row)
    }
  }
  return cited
}

/** A file gives a ground that it names, or whose group it completes. */
const gives = (text: string, rule: string): boolean =>
  text.includes(`'${rule}'`) || text.includes(`\`${rule.split('.')[0]}.\${`)

/** Files of scenarios by name, each with how many of it. */
const scenariosOf = (scenarios: ReadonlyMap<string, number>): string =>
  [...scenarios]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, count]) => `[${path.split('/')[1]}/${basename(path, '.yaml')}](../../${path}) ${count}`)
    .join(', ') || '**none**'

/** The parameters that no answer to a scenario cites, each with the files that read it, or what it waits for. */
function neverCited(cited: ReadonlyMap<string, Cited>): string[][] {
  const named = new Set([...cited.values()].flatMap(({ parameters }) => [...parameters]))
  const files = Object.values(lawSources()).flat()
  return loadLaw()
    .list()
    .filter(({ name }) => !named.has(name))
    .map(({ name, waitingFor }) => {
      const readers = files.filter(({ text }) => reads(text, name)).map(({ path }) => code(path))
      return [code(name), waitingFor ? `waits for: ${waitingFor}` : readers.join(', ') || '**none**']
    })
}

/** The law as it is written here: per article the rule, the parameters it rests on and its scenarios. */
export function lawPage(): string {
  const files = readdirSync(rulesFolder)
    .filter((file) => !file.endsWith('.spec.ts'))
    .map((file) => ({ file: file.slice(0, -'.ts'.length), text: readFileSync(new URL(file, rulesFolder), 'utf8') }))
  const cited = citedGrounds()
  const rows = Object.entries(articles).map(([rule, article]) => {
    const { scenarios, parameters } = cited.get(rule) ?? nothing()
    return [
      article,
      code(rule),
      files.flatMap(({ file, text }) => (gives(text, rule) ? [code(file)] : [])).join(', ') || '**none**',
      [...parameters].sort().map(code).join(', ') || 'none',
      scenariosOf(scenarios),
    ]
  })
  return `${generatedHead('Articles, rules, parameters and scenarios', 'packages/law and the scenarios of the services')}
Each ground that an answer can give, with its article, the file of \`packages/law/src/rules\` that gives it, the parameters that answers
cite for it, and the files of scenarios with how many answers of each give it. What is in bold is a hole. "recalled" marks an article that was not looked up.

${table(
  ['Article', 'Ground', 'Rule', 'Parameters', 'Scenarios'],
  rows.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
)}

## Parameters that no answer to a scenario cites

They decide what no ground is given for: when something may be told, whether a request is taken at all. Each with what reads it.

${table(['Parameter', 'Read by'], neverCited(cited))}
`
}
