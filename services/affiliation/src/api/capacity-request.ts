import { type IsoDate, uuidV5 } from '@ziv/kernel'
import type { z } from 'zod'
import type { Evidence } from '../domain/evidence.ts'
import type { CapacityRequest } from '../domain/person.commands.ts'
import type { capacityBody } from './schemas.ts'

/** Every proof gets an identifier that follows from the command, so that a repeat gives the same. */
export const numbered = (commandId: string, proofs: readonly Evidence[]): CapacityRequest['evidence'] =>
  proofs.map((evidence, index) => ({ evidenceId: uuidV5(`${commandId}/evidence/${index}`), evidence }))

/** The capacity of a request body as the domain takes it; that it is a holder's is for the decision to say. */
export function requestOf(
  commandId: string,
  body: z.infer<typeof capacityBody>,
  requestedOn: IsoDate,
): CapacityRequest {
  const { kind, acquiredOn, evidence, repairsYear } = body
  return {
    capacityId: uuidV5(`${commandId}/capacity`),
    kind,
    acquiredOn,
    requestedOn: body.requestedOn ?? requestedOn,
    evidence: numbered(commandId, evidence),
    ...(repairsYear === undefined ? {} : { repairsYear }),
  }
}
