import type { IsoDate } from '@ziv/kernel'
import type { Sandbox } from '@ziv/sandbox'

export interface Fee {
  readonly interventionCents: number
  readonly patientShareCents: number
}
export type Fees = ReadonlyMap<string, Fee>

/** Asks the tariff of each code on a day, as the software of a care provider does before it bills. */
export async function feesOn(sandbox: Sandbox, codes: readonly string[], day: IsoDate): Promise<Fees> {
  const token = await sandbox.issuer.token({ subject: 'demo', roles: ['system'] })
  const fees = new Map<string, Fee>()
  for (const code of codes) {
    const answer = await sandbox.app.inject({
      method: 'POST',
      url: '/reimbursement/v1/tariffs/query',
      headers: { authorization: `Bearer ${token}` },
      payload: { nomenclature: code, careDate: day, convention: 'conventioned' },
    })
    if (answer.statusCode !== 200) throw new Error(`no tariff for ${code} on ${day}: ${answer.body}`)
    fees.set(code, answer.json<Fee>())
  }
  return fees
}
