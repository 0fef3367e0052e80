import { type Cents, formatEuro } from '@ziv/kernel'
import { loadLaw, type Parameter, type Ratio, type Unit } from '@ziv/law'
import { code, generatedHead, table } from './markdown.ts'

const isRatio = (value: unknown): value is Ratio =>
  typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value

function show(value: unknown, unit: Unit): string {
  if (value === null) return 'the rule ends'
  if (Array.isArray(value)) return value.map((row) => show(row, unit)).join('<br>')
  if (isRatio(value)) {
    if (unit === 'percent') return `${(value.numerator * 100) / value.denominator} %`
    return value.denominator === 1 ? String(value.numerator) : `${value.numerator}/${value.denominator}`
  }
  if (typeof value === 'object') {
    return Object.entries(value as Readonly<Record<string, unknown>>)
      .map(([key, part]) => `${key}: ${show(part, unit)}`)
      .join(', ')
  }
  return unit === 'euro' && typeof value === 'number' ? `EUR ${formatEuro(value as Cents)}` : String(value)
}

function section({ name, description, unit, waitingFor, values }: Parameter): string {
  const rows = values.map(({ from, value, source, confidence, checkedOn }) => [
    from,
    show(value, unit),
    confidence,
    checkedOn,
    source,
  ])
  const { en, nl, fr, de } = description
  const waiting = waitingFor ? `No rule reads this yet; it waits for: ${waitingFor}.\n\n` : ''
  return `### ${name}\n\n${en} (unit: ${unit})\n\nnl: ${nl}. fr: ${fr}. de: ${de}.\n\n${waiting}${table(['From', 'Value', 'Confidence', 'Checked on', 'Source'], rows)}\n`
}

/** Every parameter of the law with its dated values, source and confidence. */
export function parametersPage(): string {
  const parameters = loadLaw().list()
  const themes = [...new Set(parameters.map(({ name }) => name.split('/')[0] ?? ''))]
  const weak = parameters.flatMap(({ name, values }) =>
    values.filter(({ confidence }) => confidence === 'assumed').map(({ from }) => [code(name), from]),
  )
  const sections = themes.map((theme) => {
    const own = parameters.filter(({ name }) => name.startsWith(`${theme}/`))
    return `## ${theme}\n\n${own.map(section).join('\n')}`
  })
  return `${generatedHead('Parameters of the law', 'packages/law/parameters')}
${parameters.length} parameters. Confidence: \`verified\` was read in a source, \`secondary\` comes from a third party, \`derived\` was computed from
a verified figure, \`assumed\` was not looked up. An answer that rests on an assumed value says so. Values hold from their date until the next.

## Assumed values: confirm before real use

${table(['Parameter', 'From'], weak)}

${sections.join('\n')}`
}
