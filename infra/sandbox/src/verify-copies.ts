import { streamRows } from '@ziv/postgres'
import { addTallies, type Finding, namesOf, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import type { Sandbox } from './sandbox.ts'

interface Days {
  readonly person_id: string
  readonly days: string
}

/** Persons of a range. */
const OWN = '($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)'

const OF_RIGHTS = `select person_id, string_agg(concat_ws(' ', from_day, to_day, insurer, ziekenfonds, decision_id), ', ' order by from_day) as days
  from app.periods where ${OWN} group by person_id order by person_id`

const OF_REIMBURSEMENT = `select person_id, string_agg(concat_ws(' ', p ->> 'from', p ->> 'to', p ->> 'insurer', p ->> 'ziekenfonds', p ->> 'decisionId'),
    ', ' order by p ->> 'from') as days
  from app.insurability, jsonb_array_elements(periods) p where ${OWN} group by person_id order by person_id`

/** Persons of both sides in key order, each with its days there; '' where a side has none. */
async function* sideBySide(
  left: AsyncIterable<Days>,
  right: AsyncIterable<Days>,
): AsyncGenerator<{ readonly personId: string; readonly left: string; readonly right: string }> {
  const [a, b] = [left[Symbol.asyncIterator](), right[Symbol.asyncIterator]()]
  let [x, y] = [await a.next(), await b.next()]
  while (!x.done || !y.done) {
    const [mine, other] = [x.done ? undefined : x.value, y.done ? undefined : y.value]
    const personId = [mine?.person_id, other?.person_id].filter((id) => id !== undefined).sort()[0] as string
    const [inLeft, inRight] = [mine?.person_id === personId, other?.person_id === personId]
    yield { personId, left: inLeft ? (mine?.days ?? '') : '', right: inRight ? (other?.days ?? '') : '' }
    if (inLeft) x = await a.next()
    if (inRight) y = await b.next()
  }
}

/**
 * Care is controlled with a copy of the days in order that messages carried. It has to be what rights decided, for
 * everybody: a message that was lost, doubled or taken in the wrong order shows here.
 */
export const copiesProof = ({ databases }: Pick<Sandbox, 'databases'>): RangedProof =>
  rangedProof({
    name: 'copies',
    database: databases.rights,
    keys: { sql: 'select person_id::text as key from app.persons' },
    there: rowsIn(databases.rights, 'app.periods'),
    prove: async (tx, { after, through }) => {
      let examined = 0
      const different: string[] = []
      const rights = streamRows<Days>(tx, OF_RIGHTS, [after, through])
      const copies = streamRows<Days>(databases.reimbursement, OF_REIMBURSEMENT, [after, through])
      for await (const { personId, left, right } of sideBySide(rights, copies)) {
        examined += 1
        if (left !== right) different.push(`${personId}: decided ${left || '-'}, copied ${right || '-'}`)
      }
      return { examined, different: namesOf(different) }
    },
    conclude: (results) => {
      const { examined, different } = addTallies(results)
      return [
        {
          check: 'reimbursement controls care with the days that rights decided',
          ok: different.count === 0,
          examined,
          detail: different.count === 0 ? 'the copy is the same for every person' : told(different, 3, '; '),
        },
      ]
    },
  })

interface Accepted {
  readonly return_id: string
  readonly content: string
}

/** The figures that money is divided by are those of the newest return that was accepted, for every ziekenfonds and month. */
export async function acceptedReturnsAgree({ databases }: Pick<Sandbox, 'databases'>): Promise<Finding> {
  const { rows: accepted } = await databases.landsbond.query<Accepted>(
    `select distinct on (ziekenfonds, month) return_id, concat_ws(' ', insurer, ziekenfonds, month, figures ->> 'membersTotal',
            figures ->> 'interventionCents', decided_on) as content
       from app.returns where state = 'accepted' order by ziekenfonds, month, attempt desc`,
  )
  const { rows: counted } = await databases.riziv.query<Accepted>(
    `select return_id, concat_ws(' ', insurer, ziekenfonds, month, members, intervention_cents, accepted_on) as content
       from app.accepted_returns`,
  )
  const byId = new Map(counted.map((row) => [row.return_id, row.content]))
  const wrong = accepted.filter((row) => byId.get(row.return_id) !== row.content).map((row) => row.return_id)
  const own = new Set(accepted.map((row) => row.return_id))
  const extra = counted.filter((row) => !own.has(row.return_id)).map((row) => row.return_id)
  const different = [...wrong, ...extra]
  return {
    check: 'the RIZIV counts with the returns that were accepted',
    ok: different.length === 0,
    examined: accepted.length,
    detail: different.length === 0 ? `${accepted.length} returns` : `differ: ${different.slice(0, 5).join(', ')}`,
  }
}
