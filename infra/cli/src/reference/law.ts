import { readdirSync, readFileSync } from 'node:fs'
import { articles, loadLaw } from '@ziv/law'
import { loadScenarios } from '@ziv/law/testing'
import { code, generatedHead, table } from './markdown.ts'

const rulesFolder = new URL('../../../../packages/law/src/rules/', import.meta.url)

/** Questions of scenarios that are not called as the file of their rule. */
const filesOfQuestions: Readonly<Record<string, string>> = {
  price: 'price-line',
  wageYear: 'assess-wage',
  selfEmployedYear: 'assess-self-employed',
  personalYear: 'assess-personal',
}

const fileOf = (question: string): string =>
  filesOfQuestions[question] ?? question.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** A file gives a ground that it names, or whose group it completes, or after which it is called. */
const gives = (file: string, text: string, rule: string): boolean =>
  text.includes(`'${rule}'`) || text.includes(`\`${rule.split('.')[0]}.\${`) || file === rule.replace('.', '-')

/** The law as it is written here: per article the rule, the parameters its file reads and the number of its scenarios. */
export function lawPage(): string {
  const files = readdirSync(rulesFolder)
    .filter((file) => !file.endsWith('.spec.ts'))
    .map((file) => ({ file: file.slice(0, -'.ts'.length), text: readFileSync(new URL(file, rulesFolder), 'utf8') }))
  const names = loadLaw().list()
  const scenarios = loadScenarios()
  const rows = Object.entries(articles).map(([rule, article]) => {
    const own = files.filter(({ file, text }) => gives(file, text, rule))
    const parameters = names.filter(({ name }) => own.some(({ text }) => text.includes(`'${name}'`)))
    const told = scenarios.filter(({ question }) => own.some(({ file }) => file === fileOf(question))).length
    return [
      article,
      code(rule),
      own.map(({ file }) => code(file)).join(', ') || '**none**',
      parameters.map(({ name }) => code(name)).join(', ') || 'none by its name',
      told > 0 ? String(told) : '**none**',
    ]
  })
  return `${generatedHead('Articles, rules, parameters and scenarios', 'packages/law')}
Each ground that an answer can give, with its article, the file of \`packages/law/src/rules\` that gives it, the parameters that this
file names and how many scenarios ask it. What is in bold is a hole. "recalled" marks an article that was not looked up.

${table(
  ['Article', 'Ground', 'Rule', 'Parameters', 'Scenarios'],
  rows.sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
)}
`
}
