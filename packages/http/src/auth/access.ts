import type { FastifyInstance, FastifyRequest } from 'fastify'
import { problem } from '../problems/problem-error.ts'
import type { Trace } from '../server/trace.ts'
import type { Authenticator, Caller, Role } from '../types.ts'
import { wasChecked } from './tenancy.ts'

/**
 * What a route's data belongs to. Every scope but `none` obliges the handler to ask one of the tenant helpers
 * (`assertMayAct`, `assertMaySee`, `tenantFilter`): an answer of a handler that did not is withheld.
 */
export type AccessScope = 'none' | 'person' | 'ziekenfonds' | 'insurer' | 'own' | 'supervision'

/** Who may call a route. Every route declares it; one that does not is refused when it is registered. */
export type RouteAccess = 'public' | { readonly roles: readonly Role[]; readonly scope: AccessScope }

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess
    /** `stream`: the body is a file and reaches the handler as a stream. */
    body?: 'stream'
  }
  interface FastifyRequest {
    /** Who calls, with only those roles that this route is open to. Not there on public routes. */
    caller: Caller
    trace: Trace
  }
}

/** Claims without which a role cannot be told what is its own: it then counts as not given. */
export const claimsOfRole: Readonly<Partial<Record<Role, readonly (keyof Caller)[]>>> = {
  clerk: ['insurer', 'ziekenfonds'],
  landsbondViewer: ['insurer'],
  landsbondApprover: ['insurer'],
  careProvider: ['providerNumber'],
  insured: ['personId'],
}

const bearer = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i

/** Checks the declared access of every route, before anything of the body is read. */
export function guardAccess(app: FastifyInstance, auth: Authenticator, limit: (caller: Caller) => void): void {
  app.decorateRequest('caller', null as unknown as Caller)
  const admit = (request: FastifyRequest, access: Exclude<RouteAccess, 'public'>, caller: Caller): void => {
    limit(caller)
    request.caller = narrow(caller, access)
  }
  // with a callback: a promise would cost every request a turn, and nearly every token is remembered
  app.addHook('onRequest', (request, _reply, done) => {
    const access = request.routeOptions.config.access
    if (request.is404 || access === 'public') return done()
    try {
      // no declaration cannot happen, registration refuses it; if it does, nobody gets in
      if (access === undefined) throw problem('missingPermission')
      const caller = auth.verify(tokenOf(request))
      if (caller instanceof Promise) {
        caller.then((verified) => admit(request, access, verified)).then(() => done(), done)
        return
      }
      admit(request, access, caller)
    } catch (error) {
      return done(error as Error)
    }
    done()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const access = request.routeOptions.config.access
    if (reply.statusCode >= 400 || access === undefined || access === 'public' || access.scope === 'none')
      return done(null, payload)
    if (wasChecked(request.caller)) return done(null, payload)
    const { method, routeOptions } = request
    done(
      new Error(
        `${method} ${routeOptions.url} has scope ${access.scope} but asked no tenant helper: its answer is withheld`,
      ),
    )
  })
}

function tokenOf(request: FastifyRequest): string {
  const header = request.headers.authorization
  if (header === undefined)
    throw problem('noAccessToken', 401, { headers: { 'WWW-Authenticate': 'Bearer realm="ziv"' } })
  const token = bearer.exec(header)?.[1]
  if (token === undefined || token.length > 8_192) {
    throw problem('invalidAccessToken', 401, {
      headers: { 'WWW-Authenticate': 'Bearer realm="ziv", error="invalid_token"' },
    })
  }
  return token
}

/** The caller with the roles that open this route and have their claims; none left: 403. */
function narrow(caller: Caller, access: Exclude<RouteAccess, 'public'>): Caller {
  const usable = caller.roles.filter(
    (role) =>
      access.roles.includes(role) &&
      (access.scope === 'none' || (claimsOfRole[role] ?? []).every((claim) => caller[claim] !== undefined)),
  )
  if (usable.length === 0) throw problem('missingPermission')
  return { ...caller, roles: usable }
}
