import type { Role } from '@ziv/http'
import { makeRszNumber, uuidV7 } from '@ziv/kernel'
import { newMember, nextSsin, registerPerson } from '../security-world.fixture.ts'
import type { Seed, Target } from './seed.fixture.ts'

/**
 * all: whoever has the role · own: members or resources of the own tenant only · list: everybody with the role, each sees
 * its own part · `-`: refused.
 */
export type Access = 'all' | 'own' | 'list' | '-'

export interface Endpoint {
  readonly access: 'public' | Readonly<Record<Role, Access>>
  /** Overrides for a resource that a call uses up: made anew for every call. */
  readonly prepare?: (seed: Seed) => Promise<Partial<Target>>
  readonly query?: string
  readonly body?: (target: Target) => object | string | Promise<Buffer>
  readonly type?: string
  /** What a caller of another tenant gets: 404 for what exists, 403 when the request names the institution itself. */
  readonly foreign?: 403 | 404
  /** Answers that an allowed call may get; by default any 2xx. A refusal of the law also shows that access was given. */
  readonly okay?: readonly number[]
  /** For lists: text that stands for the tenant's own part. */
  readonly shows?: (target: Target) => string
  readonly stream?: true
}

/** What a call needs that a row cannot say. */
export type Call = Pick<Endpoint, 'prepare' | 'body' | 'shows'>

export const member = async (seed: Seed): Promise<Partial<Target>> => {
  const { personId, ssin, ...ids } = await newMember(
    seed.world,
    await seed.world.token(seed.own.clerk),
    seed.known.ziekenfonds,
  )
  return { personId, ssin, ids: { personId, ...ids } }
}
export const proven = async (seed: Seed): Promise<Partial<Target>> => {
  const target = await member(seed)
  const token = await seed.world.token(seed.own.clerk)
  const person = await seed.world.call({ method: 'GET', url: `/affiliation/v1/persons/${target.personId}`, token })
  return { ...target, ids: { ...target.ids, evidenceId: person.json.capacities[0].evidence[0].evidenceId } }
}
export const registered = async (seed: Seed): Promise<Partial<Target>> => {
  const ssin = nextSsin()
  const personId = await registerPerson(seed.world, await seed.world.token(seed.own.clerk), ssin)
  return { personId, ssin, ids: { personId } }
}
/** Affiliated by mistake: the only member whom no term of the law keeps. */
export const mistaken = async (seed: Seed): Promise<Partial<Target>> => {
  const target = await member(seed)
  const url = `/affiliation/v1/persons/${target.personId}/affiliations/${target.ids?.affiliationId}/withdrawals`
  await system(seed, url, { reason: 'clericalError' })
  return target
}
export const system = async (seed: Seed, url: string, body: object) => {
  const token = await seed.world.token(seed.own.system)
  const reply = await seed.world.call({ method: 'POST', url, token, body })
  if (reply.status >= 300) throw new Error(`POST ${url} answered ${reply.status}: ${reply.text}`)
  return reply.json
}
export const holderWithChild = async (seed: Seed): Promise<Partial<Target>> => {
  const holder = await member(seed)
  const child = await registered(seed)
  return { ...holder, ids: { ...holder.ids, dependantPersonId: child.personId! } }
}
export const run = (url: string, body: object) => async (seed: Seed) => ({
  ids: { runId: (await system(seed, url, body)).runId as string },
})
export const withStatus = async (seed: Seed): Promise<Partial<Target>> => {
  const { personId } = seed.known
  const listed = await seed.world.call({
    method: 'GET',
    url: `/reimbursement/v1/persons/${personId}/statuses`,
    token: await seed.world.token(seed.own.system),
  })
  const running = listed.json.items.find(({ to }: { to?: string }) => to === undefined)
  const body = { kind: 'increasedIntervention', from: '2023-05-01', evidence: 'OCMW 1' }
  const status = running ?? (await system(seed, `/reimbursement/v1/persons/${personId}/statuses`, body))
  return { ids: { statusId: status.statusId } }
}

export const quarter = '2023Q1'
const employer = makeRszNumber(10_203)
export const receipt = () => ({ source: 'rsz', amountCents: 100, receivedOn: '2023-05-05', reference: uuidV7() })
export const payment = ({ personId, today }: Target) => ({
  ...{ paymentId: uuidV7(), amountCents: 100, receivedOn: today, personId, quarter },
})
export const attest = ({ ssin }: Target) => ({ ssin, fundNumber: '005', quarter, status: 'paid', amountCents: 90_000 })
export const slip = ({ ssin }: Target) => ({ ssin, employerNumber: employer, quarter, amountCents: 100_000 })
