import type { ServiceContract } from '@ziv/sandbox'
import { requestsOf, urlOf } from '../contract-requests.fixture.ts'
import type { Seed, Target } from './seed.fixture.ts'

/**
 * Identifiers of a path that neither the seed nor the row of its endpoint knows, made by the service itself: the example of a POST
 * of its contract whose answer has a field of that name, or for a task the 202 that leads to it.
 */
export async function madeFor(
  { world, own, known }: Seed,
  contracts: readonly ServiceContract[],
  key: string,
): Promise<Partial<Target>> {
  const [, api, path = ''] = /^\S+ \/(\w+)\/v1(\/.*)$/.exec(key) ?? []
  const contract = contracts.find(({ name }) => name === api)
  const unknown = [...path.matchAll(/:(\w+)/g)].flatMap(([, name = '']) => (name in known.ids ? [] : [name]))
  const ids: Record<string, string> = {}
  const token = await world.token(own.system)
  for (const request of contract === undefined || unknown.length === 0 ? [] : requestsOf(contract)) {
    const { method, values, mediaType, body } = request
    if (method !== 'POST' || Object.keys(values).length > 0 || typeof body === 'string') continue
    const headers: Record<string, string> = mediaType === null ? {} : { 'content-type': mediaType }
    const reply = await world.call({
      method,
      url: urlOf(request),
      token,
      headers,
      ...(body === undefined ? {} : { body }),
    })
    const task =
      reply.status === 202
        ? String(reply.headers.location ?? '')
            .split('/')
            .at(-1)
        : undefined
    for (const name of unknown) ids[name] ??= reply.json?.[name] ?? (name === 'taskId' ? task : undefined)
  }
  return { ids }
}
