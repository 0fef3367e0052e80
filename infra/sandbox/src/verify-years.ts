import { canonicalJson } from '@ziv/event-store'
import type { IsoDate } from '@ziv/kernel'
import { type Repair, stillPossible } from '@ziv/law'
import { type KeyRange, streamRows, type Transaction } from '@ziv/postgres'
import { addTallies, naming, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import type { Sandbox } from './sandbox.ts'
import { comparedAgain, type Difference, type Moving } from './verification/look-again.ts'

interface Told {
  readonly key: string
  readonly figures: string
  /** What was told to ask for; null where the year is met, or the message of a slip left the words to an earlier one. */
  readonly repairs: readonly Repair[] | null
}

/**
 * The newest that rights was told of every year of every person. The text of a fact is read once for all its figures: reading it for
 * each of them took five times as long.
 */
const TOLD = `select distinct on (person_id, "referenceYear") concat_ws(' ', person_id, "referenceYear") as key,
    concat_ws(' ', regime, met, "requiredCents", "shortCents", awaits) as figures,
    case met when 'false' then explanation -> 'repairs' end as repairs
  from app.facts, json_to_record(data) as told("referenceYear" int, regime text, met text, "requiredCents" text, "shortCents" text,
    awaits text, explanation json)
  where kind = 'assessed' and ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)
  order by person_id, "referenceYear", recorded_at desc, sequence desc, event_id desc`

/** What is asked for, those that are too late left out: it is told once, and answered on another day. */
const asked = (repairs: readonly Repair[], today: IsoDate): string =>
  stillPossible(repairs, today)
    .map(({ kind, params, until = '' }) => canonicalJson({ kind, params, until }))
    .sort()
    .join(' ')

type Modules = Pick<Sandbox['modules'], 'contributions'>

async function compare(tx: Transaction, range: KeyRange, modules: Modules) {
  const known = new Map<string, Told>()
  for await (const row of streamRows<Told>(tx, TOLD, [range.after, range.through])) known.set(row.key, row)
  const different: Difference[] = []
  let examined = 0
  let waiting = 0
  for await (const { personId, year, settled, asOf, now } of modules.contributions.answerYears(range)) {
    const key = `${personId} ${year}`
    const before = known.get(key)
    known.delete(key)
    examined += 1
    if (settled === null) waiting += 1
    const { regime, met, requiredCents, shortCents, awaits } = now
    const answer = [regime, met, requiredCents, shortCents, ...(awaits === undefined ? [] : [awaits])].join(' ')
    if (before?.figures !== answer) {
      different.push({ key, what: `${key}: answered ${answer}, told ${before?.figures ?? 'nothing'}` })
    } else if (before.repairs !== null) {
      const [mine, theirs] = [asked(now.repairs as readonly Repair[], asOf), asked(before.repairs, asOf)]
      if (mine !== theirs) different.push({ key, what: `${key}: asks for ${mine}, told ${theirs}` })
    }
  }
  // what was told of a person whose contributions nobody keeps
  for (const [key, { figures }] of known) {
    different.push({ key, what: `${key}: not answered, told ${figures}` })
  }
  return { examined, waiting, different }
}

/**
 * Rights decides on the reference years that contributions told. For every person and every year, settled or not, what
 * contributions would answer now, and ask for, has to be what rights was told last.
 */
export const yearsAgree = ({
  databases,
  modules,
  ...moving
}: Moving & Pick<Sandbox, 'databases' | 'modules'>): RangedProof =>
  rangedProof({
    name: 'reference years',
    database: databases.rights,
    keys: { sql: 'select person_id::text as key from app.persons' },
    there: rowsIn(databases.rights, `app.facts where kind = 'assessed'`),
    prove: (tx, range) =>
      comparedAgain(tx, { database: databases.rights, moving: { ...moving, databases } }, (now) =>
        compare(now, range, modules),
      ),
    conclude: (results) => {
      const { examined, waiting, different } = addTallies(results)
      const none = different.count === 0
      const detail = none
        ? `${examined} years, ${waiting} of them wait for their settlement`
        : `${different.count} differ: ${told(different, 3, '; ')}`
      const check = 'rights was told what contributions would answer now, for every person and year'
      return [{ check, ok: none, examined, detail, ...naming(different) }]
    },
  })
