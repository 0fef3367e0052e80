import { expect, test } from 'vitest'
import { loadCapacities } from './capacities/load.ts'
import { loadLaw } from './parameters/load.ts'
import { lawSources, reads, sourcesOf } from './scenarios/readers.ts'

const { rules, letters, services, tariffRows } = lawSources()

/** Rules that only scenarios ask, with what has to call them; a line goes when a service does. */
const waiting: Readonly<Record<string, string>> = {}

/** Optional inputs of rules that no question gives by their name, with what gives them. */
const otherwise: Readonly<Record<string, string>> = {
  eventId: 'the event that told a fact; specs of grounds hold it',
  eventIds: 'as eventId',
  eventIdOf: 'as eventId',
  covering: 'payments of a quarter, in the question year',
  months: 'registeredFrom, in the question year',
  monthsPaid: 'payments of a quarter, in the question year',
  registration: 'registeredFrom and registeredUntil, in the question year',
}

/** Optional inputs of the rules: what an interface of a rule file lets out. */
const optionalInputs = (files: typeof rules): string[] => [
  ...new Set(files.flatMap(({ text }) => [...text.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name as string))),
]

/** Parameters that stand wrong: unread without a word, or said to wait although something reads them. */
function misplaced(parameters: readonly { name: string; waitingFor?: string }[], texts: readonly string[]): string[] {
  return parameters
    .filter(({ name, waitingFor }) => texts.some((text) => reads(text, name)) === (waitingFor !== undefined))
    .map(({ name, waitingFor }) => `${name}: ${waitingFor ? 'is read, yet marked waiting' : 'no rule reads it'}`)
}

/** What a rule file exports to be called: functions, and constants that hold one. */
const exportsOf = (text: string): string[] =>
  [...text.matchAll(/^export (?:function (\w+)|const (\w+)[^=]*= (?:perLaw|datedRule|\(|<|async \())/gm)].map(
    ([, named, held]) => (named ?? held) as string,
  )

/**
 * What rule files export and no service reaches: called by a service, or by another rule that a service reaches. Rules that only call
 * each other reach nobody.
 */
function uncalled(ruleFiles: typeof rules, callers: typeof services): string[] {
  const reached = new Set<string>()
  for (let before = -1; before < reached.size; ) {
    before = reached.size
    const texts = [...callers, ...ruleFiles.filter(({ path }) => reached.has(path))]
    for (const { path, text } of ruleFiles) {
      if (exportsOf(text).some((name) => texts.some((other) => other.path !== path && calls(other.text, name)))) {
        reached.add(path)
      }
    }
  }
  const texts = [...callers, ...ruleFiles.filter(({ path }) => reached.has(path))]
  return ruleFiles.flatMap(({ path, text }) =>
    exportsOf(text).filter((name) => !texts.some((other) => other.path !== path && calls(other.text, name))),
  )
}

const calls = (text: string, name: string): boolean => new RegExp(`\\b${name}\\(`).test(text)

test('every parameter is read by a rule or a service, or says what it waits for', () => {
  const texts = [...rules, ...letters, ...services, ...tariffRows].map(({ text }) => text)
  expect(misplaced(loadLaw().list(), texts)).toEqual([])
})

test('a parameter that nothing reads and one that waits for what is there are both found', () => {
  const texts = ["law.at('rights/read', day)", 'law.at(`rights/by-$'.concat('{kind}`, day)')]
  const parameters = [
    { name: 'rights/read' },
    { name: 'rights/by-month' },
    { name: 'rights/forgotten' },
    { name: 'rights/read', waitingFor: 'a rule' },
    { name: 'rights/later', waitingFor: 'a rule' },
  ]
  expect(misplaced(parameters, texts)).toEqual([
    'rights/forgotten: no rule reads it',
    'rights/read: is read, yet marked waiting',
  ])
})

test('every rule is called by a service, and what is not says why', () => {
  expect(uncalled(rules, services).sort()).toEqual(Object.keys(waiting).sort())
})

test('a rule that only its scenarios ask is found', () => {
  const ruleFiles = [
    { path: 'a.ts', text: 'export function asked() {}\nexport function forgotten() {}' },
    { path: 'b.ts', text: 'export function called() { return asked() }' },
  ]
  expect(uncalled(ruleFiles, [{ path: 'service.ts', text: 'called(facts)' }])).toEqual(['forgotten'])
})

test('rules that only call each other, and a constant that nothing calls, are found', () => {
  const ruleFiles = [
    { path: 'a.ts', text: 'export function ring() { return round() }' },
    { path: 'b.ts', text: 'export function round() { return ring() }' },
    { path: 'c.ts', text: 'export const held = perLaw((law, year: number) => year)' },
  ]
  expect(uncalled(ruleFiles, [{ path: 'service.ts', text: 'other(facts)' }])).toEqual(['ring', 'round', 'held'])
})

test('every optional input of a rule can be given by a scenario, or says by what it is given', () => {
  const questions = sourcesOf('packages/law/src/scenarios/questions-*.ts').map(({ text }) => text)
  const given = (name: string): boolean => questions.some((text) => new RegExp(`\\b${name}\\b`).test(text))
  const asked = optionalInputs(rules)
  expect(asked.length).toBeGreaterThan(30)
  expect(asked.filter((name) => !given(name)).sort()).toEqual(Object.keys(otherwise).sort())
})

test('every capacity of the catalogue stands in a scenario', () => {
  const scenarios = ['packages/law/scenarios/*.yaml', 'services/*/scenarios/*.yaml'].flatMap(sourcesOf)
  const standsIn = (code: string): boolean => scenarios.some(({ text }) => new RegExp(`\\b${code}\\b`).test(text))
  const codes = loadCapacities().all.map(({ code }) => code)
  expect(codes.filter((code) => !standsIn(code))).toEqual([])
  expect(standsIn('ORPHANED_CAPACITY')).toBe(false)
})
