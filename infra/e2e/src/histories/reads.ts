import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '@ziv/http'
import { uuidV5 } from '@ziv/kernel'
import { type Belonging, belongingOf } from './belonging.ts'
import { clerkOf, insurerStanding, type Standing } from './callers.ts'
import { FUNDS, type History, type Reply, type Sent, type Somebody } from './history.ts'

/** What can be read of a person in every service. */
async function readsOf(history: History, { personId }: Somebody): Promise<readonly Sent[]> {
  const asOf = history.sandbox.clock.today()
  const knownAt = history.sandbox.clock.now()
  const get = (url: string): Sent => ({ method: 'GET', url })
  const query = { url: '/rights/v1/insurability/query', body: { personId, asOf, explain: true, knownAt } }
  const { json: right } = await history.call(query)
  const decision = right?.decision?.decisionId as string | undefined
  const claims = `/reimbursement/v1/persons/${personId}/claims`
  const claim = (await history.call(get(claims))).json?.items?.[0]?.claimId as string | undefined
  return [
    get(`/affiliation/v1/persons/${personId}?knownAt=${knownAt}`),
    get(`/affiliation/v1/persons/${personId}/history`),
    query,
    get(`/rights/v1/persons/${personId}/timeline?knownAt=${knownAt}`),
    ...(decision === undefined
      ? []
      : [get(`/rights/v1/decisions/${decision}`), get(`/rights/v1/decisions/${decision}/letter`)]),
    get(`/contributions/v1/persons/${personId}/referenceYears/${Number(asOf.slice(0, 4)) - 1}?knownAt=${knownAt}`),
    get(claims),
    ...(claim === undefined ? [] : [get(`/reimbursement/v1/claims/${claim}`)]),
    get(`/reimbursement/v1/persons/${personId}/statuses`),
  ]
}

/** Reads somebody as the clerks of every standing: the own one reads what the system reads, and nobody else reads what is not theirs. */
export async function readAs(history: History): Promise<string[]> {
  const { random } = history
  const alive = history.people.filter(({ erased }) => !erased)
  if (alive.length === 0) return []
  const about = random.pick(alive)
  const belonging = await belongingOf(history, about.personId)
  const readers = readersOf(history, belonging)
  const wrong: string[] = []
  for (const sent of await readsOf(history, about)) {
    const full = await history.call(sent)
    for (const { standing, caller } of readers) {
      const seen = await history.call(sent, caller)
      const fault = await faultOf(history, about, standing, { full, seen, caller })
      if (fault !== null)
        wrong.push(`${fault}: ${JSON.stringify(caller)} read ${sent.url} and got ${seen.status} ${seen.text}`)
    }
  }
  return wrong
}

function readersOf(history: History, belonging: Belonging): readonly { standing: Standing; caller: Caller }[] {
  const { random } = history
  const { home, ever } = belonging
  const others = ever.filter((fund) => fund !== home)
  const strangers = FUNDS.filter((fund) => !ever.includes(fund))
  const stranger = clerkOf(history, random.pick(strangers))
  const viewer: Caller = { ...stranger, roles: ['landsbondViewer'] }
  return [
    ...(home === null ? [] : [{ standing: 'own' as const, caller: clerkOf(history, home) }]),
    ...(others.length === 0 ? [] : [{ standing: 'other' as const, caller: clerkOf(history, random.pick(others)) }]),
    { standing: 'stranger', caller: stranger },
    { standing: insurerStanding(history, viewer, belonging), caller: viewer },
    {
      standing: 'stranger',
      caller: { subject: `insured/${history.next()}`, roles: ['insured'], personId: uuidV5(stranger.subject) },
    },
  ]
}

/** A refusal is another one each time. */
const contentOf = ({ status, json, text }: Reply): unknown => (status >= 400 ? json?.type : (json ?? text))

interface Compared {
  readonly full: Reply
  readonly seen: Reply
  readonly caller: Caller
}

async function faultOf(
  history: History,
  { personId, ssin }: Somebody,
  standing: Standing,
  { full, seen, caller }: Compared,
): Promise<string | null> {
  const isClerk = caller.roles.includes('clerk')
  if (!isClerk && seen.status === 200 && seen.text.includes(ssin)) return 'a number is told to who works without it'
  if (standing === 'stranger')
    return [403, 404].includes(seen.status) && !seen.text.includes(ssin) ? null : 'a stranger reads'
  if (standing === 'own' && isClerk)
    return seen.status === full.status && isDeepStrictEqual(contentOf(seen), contentOf(full))
      ? null
      : `the system got ${full.status} ${full.text}`
  if (standing !== 'other' || seen.status !== 200) return null
  const foreign = await idsOfOthers(history, personId, caller)
  const told = foreign.filter((id) => seen.text.includes(id))
  return told.length === 0 ? null : `what is of others is told, ${told}`
}

/** Affiliations and capacities of a person with the other institutions than the caller's. */
async function idsOfOthers({ sandbox }: History, personId: string, caller: Caller): Promise<readonly string[]> {
  const { rows } = await sandbox.databases.affiliation.query<{ id: string }>(
    `select coalesce(data->>'capacityId', data->>'affiliationId') as id from es.events where stream_id = 'person-' || $1
        and data->>'insurer' <> $2 and coalesce(data->>'capacityId', data->>'affiliationId') is not null`,
    [personId, caller.insurer],
  )
  return rows.map(({ id }) => id)
}
