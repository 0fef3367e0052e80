import type { FastifyInstance, RouteOptions } from 'fastify'
import { z } from 'zod'
import type { RouteAccess } from '../auth/access.ts'
import { looseObjects, rawIdentifiers } from './validate.ts'

/** One route as it was registered. */
export interface RouteEntry {
  readonly method: string
  /** Template: `/affiliation/v1/persons/:personId`. */
  readonly url: string
  readonly access: RouteAccess
}

declare module 'fastify' {
  interface FastifyInstance {
    routeInventory: RouteEntry[]
  }
}

/** The schema of a body that carries nothing: absent, null or an empty object. */
export const noBody: z.ZodType = z.strictObject({}).nullish()

const withBody = new Set(['POST', 'PUT', 'PATCH'])
const docRoute = /^\/[A-Za-z][A-Za-z0-9]*\/v\d+\/doc(?:\/|$)/

/**
 * Refuses routes that do not say who may call them or that would swallow unknown input, gives routes without a schema a
 * strict empty one, and keeps the list of all of them.
 */
export function inventoryRoutes(app: FastifyInstance): void {
  app.decorate('routeInventory', [] as RouteEntry[])
  app.addHook('onRoute', (route) => {
    if (docRoute.test(route.url)) route.config = { ...route.config, access: 'public' }
    if (route.method === 'HEAD') return
    const where = `${String(route.method)} ${route.url}`
    const access = route.config?.access
    if (access === undefined) throw new Error(`${where}: declare config.access, or nobody knows who may call it`)
    if (!docRoute.test(route.url)) makeStrict(route, where)
    for (const method of [route.method].flat()) app.routeInventory.push({ method, url: route.url, access })
  })
}

function makeStrict(route: RouteOptions, where: string): void {
  const takesBody = [route.method].flat().some((method) => withBody.has(method))
  const body = takesBody && route.config?.body !== 'stream' ? { body: noBody } : {}
  route.schema = { ...body, querystring: z.strictObject({}), ...route.schema }
  const { body: ownBody, querystring, params } = route.schema
  for (const [part, schema] of Object.entries({ body: ownBody, querystring, params })) {
    if (!(schema instanceof z.ZodType)) continue
    const raw = rawIdentifiers(schema)
    if (raw.length > 0) throw new Error(`${where}: ${part} reads an identifier at ${raw.join(', ')}: use idInput`)
  }
  for (const [part, schema] of Object.entries({ body: ownBody, querystring })) {
    if (schema === undefined) continue
    if (!(schema instanceof z.ZodType)) throw new Error(`${where}: the ${part} schema has to be a zod schema`)
    const loose = looseObjects(schema)
    if (loose.length > 0)
      throw new Error(`${where}: ${part} lets unknown input through at ${loose.join(', ')}: use z.strictObject`)
  }
}

/** Every route with who may call it, sorted; without HEAD, which goes with GET. */
export function routeTable(app: FastifyInstance): readonly RouteEntry[] {
  return [...app.routeInventory].sort((a, b) => `${a.url} ${a.method}`.localeCompare(`${b.url} ${b.method}`))
}

/** Methods that exist for a path, for 405 and Allow. */
export function methodsFor(app: FastifyInstance, path: string): readonly string[] {
  const segments = path.split('/')
  const methods = app.routeInventory.filter(({ url }) => matches(url.split('/'), segments)).map(({ method }) => method)
  return [...new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods)].sort()
}

function matches(template: readonly string[], segments: readonly string[]): boolean {
  if (template.at(-1) === '*') return segments.length >= template.length && template.slice(0, -1).every(same)
  return template.length === segments.length && template.every(same)
  function same(part: string, index: number): boolean {
    return part.startsWith(':') ? segments[index] !== '' : part === segments[index]
  }
}
