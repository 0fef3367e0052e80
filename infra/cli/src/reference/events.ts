import { asyncapiYaml, catalog, jsonSchemaOf } from '@ziv/contracts'
import { code, generatedHead, table } from './markdown.ts'

interface Schema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

const typeOf = (schema: Schema): string => {
  if (schema.enum !== undefined) return schema.enum.map(String).join(', ')
  if (schema.const !== undefined) return String(schema.const)
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' or ')
  if (schema.items !== undefined) return `list of ${typeOf(schema.items)}`
  return schema.format ?? [schema.type ?? 'any'].flat().join(' or ')
}

/** Every integration event: topic, message class, fields. */
export function eventsPage(): string {
  const events = [...catalog.values()]
  const overview = table(
    ['Type', 'Topic', 'Class', 'Meaning'],
    events.map((event) => [
      `[${code(event.type)}](#${event.type.toLowerCase().replaceAll('.', '')})`,
      code(event.topic),
      event.messageClass,
      event.summary,
    ]),
  )
  const details = events.map((event) => {
    const { properties = {}, required = [] } = jsonSchemaOf(event) as Schema
    const rows = Object.entries(properties).map(([name, schema]) => [
      code(name),
      typeOf(schema),
      required.includes(name) ? 'yes' : 'no',
      schema.description ?? '',
    ])
    const fields = table(['Field', 'Type', 'Always', 'Meaning'], rows)
    return `## ${event.type}\n\n${event.summary}. ${event.description}\n\n${fields}\n`
  })
  return `${generatedHead('Events', 'packages/contracts')}
The machine-readable contract is [asyncapi.yaml](asyncapi.yaml), also served at \`/doc/asyncapi.yaml\`. How events travel:
[order and loss](../explanation/order-and-loss.md). Amounts are integer euro cents.

${overview}

${details.join('\n')}`
}

export const asyncapiFile = asyncapiYaml
