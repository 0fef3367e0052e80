/** Everything a token can allow its bearer to be. */
export const roles = [
  'clerk',
  'landsbondViewer',
  'landsbondApprover',
  'rizivDistributor',
  'rizivSupervisor',
  'careProvider',
  'ocmw',
  'rsz',
  'insured',
  'system',
] as const
export type Role = (typeof roles)[number]

/** Who calls, as the verified token says. */
export interface Caller {
  /** `sub` of the token; goes into event metadata as actor. */
  readonly subject: string
  readonly roles: readonly Role[]
  /** Insurer the caller works for (`300`). */
  readonly insurer?: string
  /** Ziekenfonds the caller works for (`306`). */
  readonly ziekenfonds?: string
  /** For role insured: the person the caller is. */
  readonly personId?: string
  /** For role careProvider: the RIZIV number. */
  readonly providerNumber?: string
  /** When the token expires, in milliseconds since 1970: a stream ends then. Absent where nobody verified a token. */
  readonly expiresMs?: number
}

/** Verifies a bearer token; throws an Unauthorized problem. At once for one that it remembers. */
export interface Authenticator {
  verify(token: string): Caller | Promise<Caller>
}

/** Where the process runs; what belongs to the sandbox only is refused in production. */
export type Environment = 'sandbox' | 'production'
