import { type Endpoint, row } from './endpoint.fixture.ts'
import type { Seed, Target } from './seed.fixture.ts'

/** A kind of file as it is called over its API: who sends it, and who reads what became of it. */
export interface FileRow {
  readonly resource: string
  /** Name of the identifier of a file. */
  readonly id: string
  readonly type: string
  readonly body: NonNullable<Endpoint['body']>
  /** Roles, in the order of the columns. */
  readonly send: string
  /** Default: who sends. */
  readonly read?: string
  /** How a file comes about to be read: default, the operator sends one; `seed`: it is in the world. */
  readonly prepare?: Endpoint['prepare'] | 'seed'
  readonly foreign?: 403
  readonly okay?: readonly number[]
}

/** The four routes that every kind of file has. */
export function fileRows(api: string, kind: FileRow): Readonly<Record<string, Endpoint>> {
  const { resource, id, type, body, send, read = send, foreign, okay } = kind
  const prepare = kind.prepare === 'seed' ? undefined : (kind.prepare ?? ((seed: Seed) => sent(seed, api, kind)))
  const known: Endpoint = { access: row(read), ...(prepare && { prepare }) }
  return {
    [`POST /${resource}`]: { access: row(send), body, type, ...(foreign && { foreign }), ...(okay && { okay }) },
    [`GET /${resource}/:${id}`]: known,
    [`GET /${resource}/:${id}/issues`]: known,
    [`GET /${resource}/:${id}/issues/export`]: known,
  }
}

async function sent({ world, own, known }: Seed, api: string, kind: FileRow): Promise<Partial<Target>> {
  const url = `/${api}/v1/${kind.resource}`
  const about = { method: 'POST', url, token: await world.token(own.system), body: await kind.body(known) }
  const reply = await world.call({ ...about, headers: { 'content-type': kind.type } })
  if (reply.status >= 300) throw new Error(`POST ${url} answered ${reply.status}: ${reply.text}`)
  return { ids: { [kind.id]: reply.json[kind.id] } }
}
