import type { Rejection } from '@ziv/kernel'

/** Carries a refusal out of a transaction, which it rolls back. Never seen outside the service. */
export class Refused extends Error {
  readonly rejection: Rejection
  constructor(rejection: Rejection) {
    super(`refused: ${rejection.code}`)
    this.name = 'Refused'
    this.rejection = rejection
  }
}

export const refusedWith = (code: string, params: NonNullable<Rejection['params']> = {}): Refused =>
  new Refused({ code, params })
