import { streamRows } from '@ziv/postgres'
import type { Finding } from '@ziv/service'
import type { Sandbox } from './sandbox.ts'

interface Told {
  readonly key: string
  readonly figures: string
}

/** The newest that rights was told of every year of every person. */
const TOLD = `select distinct on (person_id, year) concat_ws(' ', person_id, year) as key,
    concat_ws(' ', data ->> 'regime', data ->> 'met', data ->> 'requiredCents', data ->> 'shortCents', data ->> 'awaits') as figures
  from app.facts, lateral (select (data ->> 'referenceYear')::int as year) of_year
  where kind = 'assessed' order by person_id, year, recorded_at desc, sequence desc, event_id desc`

/**
 * Rights decides on the reference years that contributions told. For every person and every year, settled or not, what
 * contributions would answer now has to be what rights was told last.
 */
export async function yearsAgree({ databases, modules }: Sandbox): Promise<Finding> {
  const told = new Map<string, string>()
  for await (const { key, figures } of streamRows<Told>(databases.rights, TOLD)) told.set(key, figures)
  const different: string[] = []
  let examined = 0
  let waiting = 0
  for await (const { personId, year, settled, now } of modules.contributions.answerYears()) {
    const key = `${personId} ${year}`
    const known = told.get(key)
    told.delete(key)
    examined += 1
    if (settled === null) waiting += 1
    const answer = [
      now.regime,
      now.met,
      now.requiredCents,
      now.shortCents,
      ...(now.awaits === undefined ? [] : [now.awaits]),
    ].join(' ')
    if (known !== answer) different.push(`${key}: answered ${answer}, told ${known ?? 'nothing'}`)
  }
  // what was told of a person whose contributions nobody keeps
  for (const [key, figures] of told) different.push(`${key}: not answered, told ${figures}`)
  const ok = different.length === 0
  return {
    check: 'rights was told what contributions would answer now, for every person and year',
    ok: ok && examined > 0,
    examined,
    detail: ok
      ? `${examined} years, ${waiting} of them wait for their settlement`
      : `${different.length} differ: ${different.slice(0, 3).join('; ')}`,
  }
}
