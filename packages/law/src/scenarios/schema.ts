import { z } from 'zod'

const situation = z.record(z.string(), z.unknown())

/**
 * A file of cases that a jurist can read. `cases` are told one by one; `table` gives a family of cases: the columns of the
 * situation, then those of the expected answer. `given` is added to the situation of every case of the file.
 */
export const scenarioFile = z.strictObject({
  title: z.string().min(5),
  question: z.string(),
  article: z.string().min(3),
  note: z.string().optional(),
  given: situation.optional(),
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(5),
        situation,
        expect: situation,
        article: z.string().optional(),
        note: z.string().optional(),
      }),
    )
    .optional(),
  table: z
    .strictObject({
      situation: z.array(z.string()).min(1),
      expect: z.array(z.string()).min(1),
      rows: z.array(z.array(z.unknown())).min(1),
    })
    .optional(),
})
export type ScenarioFile = z.infer<typeof scenarioFile>

/** One case: what is given, what is asked, what the law should answer, and the article that says so. */
export interface Scenario {
  readonly file: string
  readonly name: string
  readonly question: string
  readonly article: string
  readonly situation: Readonly<Record<string, unknown>>
  readonly expect: Readonly<Record<string, unknown>>
}
