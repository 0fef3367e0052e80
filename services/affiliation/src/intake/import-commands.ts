import { uuidV5 } from '@ziv/kernel'
import { loadCapacities } from '@ziv/law'
import type { IdentityFacts, SealedIdentity } from '../commands/identity.ts'
import type { PersonCommand } from '../domain/person.commands.ts'
import type { MemberImportRow, NumberedRow } from './import-row.ts'

/** A row whose person, holder and command are known by their ids. */
export interface Member extends NumberedRow {
  readonly personId: string
  readonly holderId: string | undefined
  readonly commandId: string
  readonly facts: IdentityFacts
  readonly inszIndex: string
}

const importedProof = { kind: 'migratedRecord', source: 'memberImport' } as const

/** The proofs of a row. Only for the operator, who moves whole ziekenfondsen, does a row without any rest on the system it comes from. */
export const proofsOf = ({ evidence }: MemberImportRow, owner: string | undefined) =>
  evidence ?? (owner === undefined ? [importedProof] : [])

/** What a row asks: a person to be registered, then affiliated and insured. */
export function commandsOf(
  member: Member,
  identity: SealedIdentity,
  owner: string | undefined,
): readonly PersonCommand[] {
  const { row, personId, commandId, facts, inszIndex } = member
  const { bis, birthDate, sex } = facts
  const { acquiredOn, requestedOn, ziekenfonds } = row
  const affiliationId = uuidV5(`${commandId}/affiliation`)
  const capacityId = uuidV5(`${commandId}/capacity`)
  const evidence = proofsOf(row, owner).map((proof, index) => ({
    evidenceId: uuidV5(`${commandId}/evidence/${index}`),
    evidence: proof,
  }))
  const register: PersonCommand = { type: 'RegisterPerson', personId, inszIndex, bis, birthDate, sex, identity }
  if (isOfDependant(row)) {
    const depend: PersonCommand = {
      ...{ type: 'BecomeDependant', capacityId, affiliationId, kind: row.capacity, acquiredOn, requestedOn, evidence },
      ...(row.relation ? { relation: row.relation } : {}),
      ...(row.partnership ? { partnership: row.partnership } : {}),
    }
    return [register, depend]
  }
  const capacity = { capacityId, kind: row.capacity, acquiredOn, requestedOn, evidence }
  return [register, { type: 'Affiliate', affiliationId, ziekenfonds, requestedOn, capacity }]
}

/** A row of somebody who is insured through a holder. */
export const isOfDependant = (row: MemberImportRow): boolean => loadCapacities().at(row.capacity).role === 'dependant'
