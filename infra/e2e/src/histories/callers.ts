import type { Caller, Role } from '@ziv/http'
import { makeRizivNumber } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import { accessTable } from '../access/table.fixture.ts'
import { type Belonging, belongingOf } from './belonging.ts'
import { FUNDS, type History, provider, type Sent } from './history.ts'

/**
 * own: the person is a member, or the institution is the caller's; other: a fund that the person left, or joins later; stranger: never
 * was anything to the person; refusedRole: the operation is not open to the role; any: whose it is makes no difference.
 */
export type Standing = 'own' | 'other' | 'stranger' | 'refusedRole' | 'any'

/** Who sends a call, and what that caller is to whom it is about. */
export interface Voice {
  readonly caller: Caller
  readonly standing: Standing
  readonly personId?: string
}

const funds = loadZiekenfondsen()
const otherProvider = makeRizivNumber(100_321, 3)
const patterns = Object.keys(accessTable).map((key) => {
  const [method, path = ''] = key.split(' ')
  return { key, method, path: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) }
})

/** The row of the access table that a call falls under, with the roles that it is open to beside the system. */
function openTo({ method = 'POST', url }: Sent): readonly Role[] {
  const path = url.split('?')[0]!
  const found = patterns.find((one) => one.method === method && one.path.test(path))
  if (found === undefined) throw new Error(`the access table has no row for ${method} ${path}`)
  const { access } = accessTable[found.key]!
  if (access === 'public') return []
  return (Object.keys(access) as Role[]).filter((role) => role !== 'system' && access[role] !== '-')
}

/** The institution that a caller works for. */
const worksFor = (history: History, ziekenfonds: string) => ({
  ...{ insurer: funds.insurerOf(ziekenfonds, history.sandbox.clock.today()) as string, ziekenfonds },
})

export const clerkOf = (history: History, ziekenfonds: string): Caller => ({
  ...{ subject: `clerk-${ziekenfonds}/${history.next()}`, roles: ['clerk'], ...worksFor(history, ziekenfonds) },
})

export const systemOf = (history: History): Caller => ({ subject: `system/${history.next()}`, roles: ['system'] })

/** Whom of this history a call is about, by its path or its body. */
function personOf({ people }: History, { url, body }: Sent): string | undefined {
  const [, ofPath] = /\/persons\/([^/?]+)/.exec(url) ?? []
  if (ofPath !== undefined) return ofPath
  const { personId, ssin } = (body ?? {}) as { readonly personId?: string; readonly ssin?: string }
  return personId ?? people.findLast((one) => one.ssin === ssin)?.personId
}

/** The institution that a call names or that its return is of. */
async function institutionOf(history: History, { url, body }: Sent): Promise<string | undefined> {
  const [ofReturn] = /^\/landsbond\/v1\/returns\/[^/]+/.exec(url) ?? []
  if (ofReturn !== undefined) return (await history.call({ method: 'GET', url: ofReturn })).json?.ziekenfonds
  return (body as { readonly ziekenfonds?: string } | undefined)?.ziekenfonds
}

interface Place {
  readonly fund: string
  readonly standing: Standing
}

/** A fund by its standing: mostly the own, now and then another. */
function fundFor({ random }: History, { home, ever }: Belonging): Place {
  const others = ever.filter((fund) => fund !== home)
  const strangers = FUNDS.filter((fund) => !ever.includes(fund))
  const among = (from: readonly string[], standing: Standing, weight: number) =>
    from.length === 0 ? [] : [{ item: { fund: random.pick(from), standing }, weight }]
  return random.weighted<Place>([
    ...among(home === null ? [] : [home], 'own', 15),
    ...among(others, 'other', 4),
    ...among(strangers, 'stranger', 4),
  ])
}

/** Who sends this call: mostly whoever it is the work of. */
export async function voiceFor(history: History, sent: Sent): Promise<Voice> {
  const { random } = history
  const open = openTo(sent)
  const subjectOf = (role: Role) => `${role}/${history.next()}`
  const personId = personOf(history, sent)
  const about = personId === undefined ? {} : { personId }
  if (sent.by !== undefined && personId !== undefined) {
    const { home } = await belongingOf(history, personId)
    return { caller: clerkOf(history, sent.by), standing: sent.by === home ? 'own' : 'other', ...about }
  }
  if (open.length === 0 || random.chance(0.15)) return { caller: systemOf(history), standing: 'any', ...about }
  if (random.chance(0.06)) {
    const role = random.pick(
      (['clerk', 'rizivSupervisor', 'rsz', 'careProvider'] as const).filter((one) => !open.includes(one)),
    )
    return {
      caller: { ...clerkOf(history, random.pick(FUNDS)), providerNumber: provider, roles: [role] },
      standing: 'refusedRole',
      ...about,
    }
  }
  const role = random.pick(open)
  switch (role) {
    case 'clerk':
    case 'landsbondApprover':
    case 'landsbondViewer': {
      const named = await institutionOf(history, sent)
      const whose =
        named === undefined
          ? personId && (await belongingOf(history, personId))
          : { home: named, ever: [named], affiliated: true }
      if (!whose) return { caller: { ...clerkOf(history, random.pick(FUNDS)), roles: [role] }, standing: 'any' }
      const { fund, standing } = fundFor(history, whose)
      const caller = { ...clerkOf(history, fund), subject: subjectOf(role), roles: [role] }
      const given = role === 'clerk' ? standing : insurerStanding(history, caller, whose)
      // of who was only registered, and of the number of who was erased, the other services know nothing
      const unknown = !whose.affiliated || history.people.some((one) => one.personId === personId && one.erased)
      const untold = given === 'own' && unknown && !sent.url.startsWith('/affiliation/')
      return { caller, standing: untold ? 'any' : given, ...about }
    }
    case 'careProvider':
      return {
        ...{
          caller: {
            subject: subjectOf(role),
            roles: [role],
            providerNumber: random.chance(0.8) ? provider : otherProvider,
          },
        },
        ...{ standing: 'any', ...about },
      }
    default:
      return { caller: { subject: subjectOf(role), roles: [role] }, standing: 'any', ...about }
  }
}

/** Of a landsbond: its ziekenfondsen are one. */
export function insurerStanding(history: History, { insurer }: Caller, { home, ever }: Belonging): Standing {
  const isOf = (fund: string) => worksFor(history, fund).insurer === insurer
  if (home !== null && isOf(home)) return 'own'
  return ever.some(isOf) ? 'other' : 'stranger'
}
