import type { Queryable } from '@ziv/postgres'
import pg from 'pg'

/** A named statement as a service sent it: prepared once per connection, its plan kept. */
export interface NamedStatement {
  readonly name: string
  readonly text: string
}

export interface StatementRecorder {
  /** Statements sent since the start, by database and name. */
  readonly sent: ReadonlyMap<string, ReadonlyMap<string, NamedStatement>>
  stop(): void
}

type Send = (this: pg.Client, config: unknown, ...rest: unknown[]) => unknown

/** Notes every named statement that any connection of this process sends, until it is stopped. */
export function recordStatements(): StatementRecorder {
  const sent = new Map<string, Map<string, NamedStatement>>()
  const prototype = pg.Client.prototype as unknown as { query: Send }
  const original = prototype.query
  prototype.query = function (config, ...rest) {
    if (isNamed(config)) {
      const database = this.database ?? ''
      const known = sent.get(database) ?? new Map<string, NamedStatement>()
      sent.set(database, known.set(config.name, { name: config.name, text: config.text }))
    }
    return original.call(this, config, ...rest)
  }
  return {
    sent,
    stop: () => {
      prototype.query = original
    },
  }
}

const isNamed = (config: unknown): config is NamedStatement =>
  typeof config === 'object' && config !== null && 'name' in config && typeof config.name === 'string'

interface PlanNode {
  readonly 'Node Type': string
  readonly Schema?: string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly PlanNode[]
}

/**
 * The tables that the kept plan of a statement reads whole, as `schema.table`. The plan is the generic one, made for values that
 * are not known: on empty or small tables it is what a first load and a rebuild live with until the tables are analysed.
 */
export async function tablesReadWhole(q: Queryable, { text }: NamedStatement): Promise<readonly string[]> {
  const { rows } = await q.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
    `explain (generic_plan, verbose, format json) ${text}`,
  )
  const found: string[] = []
  const visit = (node: PlanNode): void => {
    if (node['Node Type'] === 'Seq Scan') found.push(`${node.Schema}.${node['Relation Name']}`)
    for (const inner of node.Plans ?? []) visit(inner)
  }
  for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) visit(Plan)
  return found
}
