import { readdirSync, readFileSync } from 'node:fs'
import { articles, loadLaw } from '@ziv/law'
import { answerScenario } from '@ziv/law/testing'
import { askedScenarios } from './askers.ts'
import { code, generatedHead, table } from './markdown.ts'

const root = new URL('../../../../', import.meta.url)
const rulesFolder = new URL('packages/law/src/rules/', root)

/** What the answers to all scenarios say of one ground: how many gave it, and the parameters that they cite for it. */
interface Cited {
  scenarios: number
  readonly parameters: Set<string>
}

/** Asks every scenario, and notes the grounds that its answer rests on. */
function citedGrounds(): ReadonlyMap<string, Cited> {
  const law = loadLaw()
  const cited = new Map<string, Cited>()
  for (const { scenario, questions } of askedScenarios()) {
    const { grounds } = answerScenario(scenario, law, questions)
    for (const [rule, given] of Map.groupBy(grounds, (ground) => ground.rule)) {
      const row = cited.get(rule) ?? { scenarios: 0, parameters: new Set<string>() }
      row.scenarios += 1
      for (const { name } of given.flatMap(({ parameters }) => parameters)) row.parameters.add(name)
      cited.set(rule, row)
    }
  }
  return cited
}

/** A file gives a ground that it names, or whose group it completes. */
const gives = (text: string, rule: string): boolean =>
  text.includes(`'${rule}'`) || text.includes(`\`${rule.split('.')[0]}.\${`)

/** The law as it is written here: per article the rule, the parameters it rests on and the number of its scenarios. */
export function lawPage(): string {
  const files = readdirSync(rulesFolder)
    .filter((file) => !file.endsWith('.spec.ts'))
    .map((file) => ({ file: file.slice(0, -'.ts'.length), text: readFileSync(new URL(file, rulesFolder), 'utf8') }))
  const cited = citedGrounds()
  const rows = Object.entries(articles).map(([rule, article]) => {
    const { scenarios, parameters } = cited.get(rule) ?? { scenarios: 0, parameters: new Set<string>() }
    return [
      article,
      code(rule),
      files.flatMap(({ file, text }) => (gives(text, rule) ? [code(file)] : [])).join(', ') || '**none**',
      [...parameters].sort().map(code).join(', ') || 'none',
      scenarios > 0 ? String(scenarios) : '**none**',
    ]
  })
  return `${generatedHead('Articles, rules, parameters and scenarios', 'packages/law and the scenarios of the services')}
Each ground that an answer can give, with its article, the file of \`packages/law/src/rules\` that gives it, the parameters that answers
cite for it, and in how many answers to scenarios it stands. What is in bold is a hole. "recalled" marks an article that was not looked up.

${table(
  ['Article', 'Ground', 'Rule', 'Parameters', 'Scenarios'],
  rows.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
)}
`
}
