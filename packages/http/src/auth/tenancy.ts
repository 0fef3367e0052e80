import { problem } from '../problems/problem-error.ts'
import type { Caller, Role } from '../types.ts'

/** What is looked at or changed: whose it is. Give every part that is known. */
export interface Tenant {
  readonly insurer?: string | undefined
  readonly ziekenfonds?: string | undefined
  readonly personId?: string | undefined
  /** RIZIV number of the care provider whose claim it is. */
  readonly providerNumber?: string | undefined
}

export interface TenancyOptions {
  /** Roles that this operation opens to every tenant's data, for example care providers asking insurability. */
  readonly openTo?: readonly Role[]
}

const checkedCallers = new WeakSet<Caller>()

/** True when a tenant helper was asked for this caller (a caller object lives for one request). */
export const wasChecked = (caller: Caller): boolean => checkedCallers.has(caller)

/** For answers that were checked when they were first given. */
export const markChecked = (caller: Caller): void => {
  checkedCallers.add(caller)
}

const same = (mine: string | undefined, theirs: string | undefined): boolean => mine !== undefined && mine === theirs

type Rule = (caller: Caller, tenant: Tenant, action: 'read' | 'write') => boolean

const ownInsurer: Rule = (caller, tenant) => same(caller.insurer, tenant.insurer)

/** One line per role: a role that is not named sees nothing of any tenant. */
const rules: Readonly<Partial<Record<Role, Rule>>> = {
  system: () => true,
  rizivSupervisor: (_caller, _tenant, action) => action === 'read',
  clerk: (caller, tenant) => ownInsurer(caller, tenant, 'read') && same(caller.ziekenfonds, tenant.ziekenfonds),
  landsbondViewer: (caller, tenant, action) => action === 'read' && ownInsurer(caller, tenant, action),
  landsbondApprover: ownInsurer,
  insured: (caller, tenant) => same(caller.personId, tenant.personId),
  careProvider: (caller, tenant) => same(caller.providerNumber, tenant.providerNumber),
}

/** Whether one of the caller's roles reaches this tenant. */
export function mayAct(
  caller: Caller,
  tenant: Tenant,
  action: 'read' | 'write',
  options: TenancyOptions = {},
): boolean {
  checkedCallers.add(caller)
  return caller.roles.some(
    (role) => options.openTo?.includes(role) === true || rules[role]?.(caller, tenant, action) === true,
  )
}

/**
 * For writes whose body or path names the institution: throws 403 missingPermission when it is not the caller's. What
 * the caller sent itself is no secret to it, so the refusal may say so.
 */
export function assertMayAct(caller: Caller, tenant: Tenant, options?: TenancyOptions): void {
  if (!mayAct(caller, tenant, 'write', options)) throw problem('missingPermission')
}

/**
 * For everything about an existing person or resource, reads and writes: throws 404 resourceNotFound when it is another
 * tenant's, exactly as when it does not exist (`null`), so that nobody can find out where a person is a member.
 */
export function assertMaySee(
  caller: Caller,
  tenant: Tenant | null | undefined,
  options?: TenancyOptions,
): asserts tenant is Tenant {
  checkedCallers.add(caller)
  if (!tenant || !mayAct(caller, tenant, 'read', options)) throw problem('resourceNotFound')
}

/** Restriction of a list to what the caller may see; an absent field restricts nothing. */
export interface TenantFilter {
  readonly insurer?: string
  readonly ziekenfonds?: string
  readonly personId?: string
  readonly providerNumber?: string
}

/** The widest of the caller's roles decides. Throws 403 when none of them reaches any tenant. */
export function tenantFilter(caller: Caller, options: TenancyOptions = {}): TenantFilter {
  checkedCallers.add(caller)
  const has = (role: Role): boolean => caller.roles.includes(role)
  if (has('system') || has('rizivSupervisor') || caller.roles.some((role) => options.openTo?.includes(role))) return {}
  if ((has('landsbondViewer') || has('landsbondApprover')) && caller.insurer) return { insurer: caller.insurer }
  if (has('clerk') && caller.insurer && caller.ziekenfonds) {
    return { insurer: caller.insurer, ziekenfonds: caller.ziekenfonds }
  }
  if (has('careProvider') && caller.providerNumber) return { providerNumber: caller.providerNumber }
  if (has('insured') && caller.personId) return { personId: caller.personId }
  throw problem('missingPermission')
}
