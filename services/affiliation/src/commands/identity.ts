import { type InszFacts, type IsoDate, isoDate, parseInsz } from '@ziv/kernel'
import type { Vault } from '@ziv/privacy'
import type { SealedValue } from '../domain/capacities.ts'
import { sealContext } from './event-ids.ts'
import { refusedWith } from './refused.ts'

/** Identity as a clerk gives it; it never leaves this form unsealed. */
export interface PlainIdentity {
  readonly ssin: string
  readonly lastName: string
  readonly firstNames: string
  readonly address?: PlainAddress | undefined
  readonly birthDate?: IsoDate | undefined
  readonly sex?: 'M' | 'F' | 'X' | undefined
}

export interface PlainAddress {
  readonly street: string
  readonly houseNumber: string
  readonly postalCode: string
  readonly city: string
  readonly country: string
}

export interface IdentityFacts {
  readonly insz: string
  readonly bis: boolean
  readonly birthDate: IsoDate
  readonly sex: 'M' | 'F' | 'X'
}

type Stated = Pick<PlainIdentity, 'birthDate' | 'sex'>

/** Of a date of birth the year or the month alone may be in the number; X, sex unknown to the clerk or neither, agrees with every number. */
function disagreement({ birthDate, sex }: Stated, number: InszFacts) {
  if (birthDate !== undefined && !birthDate.startsWith(number.born)) {
    return { field: 'birthDate', given: birthDate, stated: number.born }
  }
  if (sex === undefined || sex === 'X' || number.sex === null || sex === number.sex) return null
  return { field: 'sex', given: sex, stated: number.sex }
}

function readNumber(ssin: string): InszFacts {
  const parsed = parseInsz(ssin)
  if (!parsed.ok) throw refusedWith('inszInvalid', { reason: parsed.error.code })
  return parsed.value
}

/** What the number and the form say together. What the number carries has to agree with what the clerk states. */
export function identityFacts(plain: Pick<PlainIdentity, 'ssin' | 'birthDate' | 'sex'>): IdentityFacts {
  const number = readNumber(plain.ssin)
  const wrong = disagreement(plain, number)
  if (wrong) throw refusedWith('identityDisagrees', wrong)
  const birthDate = plain.birthDate ?? number.birthDate
  if (birthDate === null) throw refusedWith('birthDateMissing')
  return {
    insz: number.insz,
    bis: number.bis,
    birthDate: isoDate(birthDate),
    sex: plain.sex ?? number.sex ?? 'X',
  }
}

/** Refuses a correction that contradicts the number of the person: when the number is the mistake, it is replaced. */
export function requireAgreement(corrected: Stated, ssin: string): void {
  const wrong = disagreement(corrected, readNumber(ssin))
  if (wrong) throw refusedWith('correctionDisagreesWithNumber', wrong)
}

interface SealOrder {
  readonly personId: string
  readonly eventId: string
  readonly insz: string
  readonly plain: Pick<PlainIdentity, 'lastName' | 'firstNames' | 'address'>
}

export interface SealedIdentity {
  readonly insz: SealedValue
  readonly name: SealedValue
  readonly address?: SealedValue
}

/** Seals the identities of many persons with one call to the vault, each bound to the event it will stand in. */
export async function sealIdentities(vault: Vault, orders: readonly SealOrder[]): Promise<readonly SealedIdentity[]> {
  const requests = orders.flatMap(({ personId, eventId, insz, plain }) => {
    const request = (field: 'insz' | 'name' | 'address', plaintext: string) => ({
      subjectId: personId,
      context: sealContext(eventId, field),
      plaintext,
    })
    const name = JSON.stringify({ lastName: plain.lastName, firstNames: plain.firstNames })
    const base = [request('insz', insz), request('name', name)]
    return plain.address ? [...base, request('address', JSON.stringify(plain.address))] : base
  })
  const sealed = await vault.seal(requests)
  let next = 0
  return orders.map(({ plain }) => {
    const [insz, name] = [sealed[next++], sealed[next++]] as [SealedValue, SealedValue]
    return plain.address ? { insz, name, address: sealed[next++] as SealedValue } : { insz, name }
  })
}
