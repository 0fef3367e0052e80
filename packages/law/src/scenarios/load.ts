import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'
import { type Scenario, type ScenarioFile, scenarioFile } from './schema.ts'

const defaultFolder = join(import.meta.dirname, '..', '..', 'scenarios')

/** Reads all scenarios of a folder, by default those of this package. Throws an Error that names the file and what is wrong. */
export function loadScenarios(folder: string | URL = defaultFolder): Scenario[] {
  const path = folder instanceof URL ? fileURLToPath(folder) : folder
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => parseScenarios(name, readFileSync(join(path, name), 'utf8')))
}

/** Reads the scenarios of one file. */
export function parseScenarios(file: string, text: string): Scenario[] {
  const document = parseDocument(text, { uniqueKeys: true })
  const faults = document.errors.map((fault) => fault.message)
  const parsed = scenarioFile.safeParse(faults.length > 0 ? undefined : document.toJS())
  if (!parsed.success) {
    const problems =
      faults.length > 0 ? faults : parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`)
    throw new Error(`Scenario file ${file} cannot be read:\n${problems.join('\n')}`)
  }
  return [...tellCases(file, parsed.data), ...tellTable(file, parsed.data)]
}

function tellCases(file: string, content: ScenarioFile): Scenario[] {
  return (content.cases ?? []).map((one) => ({
    file,
    name: one.name,
    question: content.question,
    article: one.article ?? content.article,
    situation: { ...content.given, ...one.situation },
    expect: one.expect,
  }))
}

function tellTable(file: string, content: ScenarioFile): Scenario[] {
  const { table } = content
  if (!table) return []
  const columns = table.situation.length + table.expect.length
  return table.rows.map((row, index) => {
    if (row.length !== columns) {
      throw new Error(`Scenario file ${file}, row ${index + 1}: ${row.length} cells for ${columns} columns`)
    }
    const situation = pick(table.situation, row)
    const expect = pick(table.expect, row.slice(table.situation.length))
    const name = `${content.title}: ${tell(situation)} gives ${tell(expect)}`
    const { question, article } = content
    return { file, name, question, article, situation: { ...content.given, ...situation }, expect }
  })
}

/** Cells by column; an empty cell leaves the column out. */
function pick(columns: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  const cells = columns.map((column, index) => [column, row[index]] as const)
  return Object.fromEntries(cells.filter(([, value]) => value !== null && value !== ''))
}

function tell(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ')
}
