import { type KeyRange, streamRows, type Transaction } from '@ziv/postgres'
import { addTallies, naming, type RangedProof, rangedProof, rowsIn, told } from '@ziv/service'
import type { Sandbox } from './sandbox.ts'
import { comparedAgain, type Difference, type Moving } from './verification/look-again.ts'

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

type Databases = Pick<Sandbox, 'databases'>['databases']

async function compareDays(tx: Transaction, { after, through }: KeyRange, { reimbursement }: Databases) {
  let examined = 0
  const different: Difference[] = []
  const rights = streamRows<Days>(tx, OF_RIGHTS, [after, through])
  const copies = streamRows<Days>(reimbursement, OF_REIMBURSEMENT, [after, through])
  for await (const { personId, left, right } of sideBySide(rights, copies)) {
    examined += 1
    const what = `${personId}: decided ${left || '-'}, copied ${right || '-'}`
    if (left !== right) different.push({ key: personId, what })
  }
  return { examined, different }
}

/**
 * Care is controlled with a copy of the days in order that messages carried. It has to be what rights decided, for
 * everybody: a message that was lost, doubled or taken in the wrong order shows here.
 */
export const copiesProof = ({ databases, ...moving }: Moving & Pick<Sandbox, 'databases'>): RangedProof =>
  rangedProof({
    name: 'copies',
    database: databases.rights,
    keys: { sql: 'select person_id::text as key from app.persons' },
    there: rowsIn(databases.rights, 'app.periods'),
    prove: (tx, range) =>
      comparedAgain(tx, { database: databases.rights, moving: { ...moving, databases } }, (now) =>
        compareDays(now, range, databases),
      ),
    conclude: (results) => {
      const { examined, different } = addTallies(results)
      const ok = different.count === 0
      const detail = ok ? 'the copy is the same for every person' : told(different, 3, '; ')
      return [
        {
          check: 'reimbursement controls care with the days that rights decided',
          ok,
          examined,
          detail,
          ...naming(different),
        },
      ]
    },
  })

interface Accepted {
  readonly return_id: string
  readonly content: string
}

async function compareReturns(landsbond: Transaction, { riziv }: Databases) {
  const { rows: accepted } = await landsbond.query<Accepted>(
    `select distinct on (ziekenfonds, month) return_id, concat_ws(' ', insurer, ziekenfonds, month, figures ->> 'membersTotal',
            figures ->> 'interventionCents', decided_on) as content
       from app.returns where state = 'accepted' order by ziekenfonds, month, attempt desc`,
  )
  const { rows: counted } = await riziv.query<Accepted>(
    `select return_id, concat_ws(' ', insurer, ziekenfonds, month, members, intervention_cents, accepted_on) as content
       from app.accepted_returns`,
  )
  const byId = new Map(counted.map((row) => [row.return_id, row.content]))
  const wrong = accepted.filter((row) => byId.get(row.return_id) !== row.content)
  const own = new Set(accepted.map((row) => row.return_id))
  const extra = counted.filter((row) => !own.has(row.return_id))
  const different = [...wrong, ...extra].map(({ return_id: id }): Difference => ({ key: id, what: id }))
  return { examined: accepted.length, different }
}

const ACCEPTED = `app.returns where state = 'accepted'`

/** The figures that money is divided by are those of the newest return that was accepted, for every ziekenfonds and month. */
export const acceptedReturnsProof = ({ databases, ...moving }: Moving & Pick<Sandbox, 'databases'>): RangedProof =>
  rangedProof({
    name: 'accepted returns',
    database: databases.landsbond,
    there: rowsIn(databases.landsbond, ACCEPTED),
    prove: (tx) =>
      comparedAgain(tx, { database: databases.landsbond, moving: { ...moving, databases } }, (now) =>
        compareReturns(now, databases),
      ),
    conclude: (results) => {
      const { examined, different } = addTallies(results)
      const ok = different.count === 0
      const detail = ok ? `${examined} returns` : `differ: ${told(different)}`
      return [
        { check: 'the RIZIV counts with the returns that were accepted', ok, examined, detail, ...naming(different) },
      ]
    },
  })
