import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import type { TopicSpec } from './types.ts'

/** A topic with the principals that may write and read it. */
export interface DeclaredTopic extends TopicSpec {
  readonly write: readonly string[]
  readonly read: readonly string[]
}

const file = fileURLToPath(new URL('../../../infra/topics.yaml', import.meta.url))
const principal = z.string().regex(/^[a-z]+(-[a-z]+)*(-\{insurer\})?$/)

const declaration = z.strictObject({
  widths: z.record(
    z.string(),
    z.int().refine((width) => width > 0 && (width & (width - 1)) === 0, 'a width is a power of two'),
  ),
  topics: z.array(
    z.strictObject({
      name: z.string().regex(/^ziv\.(\{insurer\}|[a-z]+)(\.[a-z-]+)?\.v\d+$/),
      width: z.string(),
      retentionDays: z.int().positive().optional(),
      write: z.array(principal).min(1),
      read: z.array(principal).min(1),
    }),
  ),
})

const fill = (texts: readonly string[], insurers: readonly string[]): string[] =>
  [...new Set(texts.flatMap((text) => insurers.map((insurer) => text.replace('{insurer}', insurer))))].sort()

/**
 * Reads `infra/topics.yaml` for these insurers: topics of one insurer come once per insurer, the others once. Throws with
 * the place when the file is not what it should be.
 */
export function loadTopics(insurers: readonly string[], path: string = file): DeclaredTopic[] {
  const parsed = declaration.safeParse(parse(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new Error(`${path} is not a list of topics: ${z.prettifyError(parsed.error)}`)
  const { widths, topics } = parsed.data
  return topics.flatMap(({ name, width, retentionDays, write, read }) => {
    const partitions = widths[width]
    if (partitions === undefined)
      throw new Error(`${path}: topic ${name} has the width "${width}", which is not declared`)
    const perInsurer = name.includes('{insurer}')
    const groups = perInsurer ? insurers.map((insurer) => [insurer]) : [insurers]
    return groups.map((group) => ({
      name: perInsurer ? name.replace('{insurer}', group[0]!) : name,
      partitions,
      ...(retentionDays !== undefined && { retentionDays }),
      write: fill(write, group),
      read: fill(read, group),
    }))
  })
}
