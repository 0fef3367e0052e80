import { z } from 'zod'
import { proofKinds } from './proofs.ts'

type Kinds = typeof proofKinds
type ProofSchema = { [K in keyof Kinds]: Kinds[K]['schema'] }[keyof Kinds]

const schemas = Object.values(proofKinds).map(({ schema }) => schema)

/** Proof of a capacity (art. 32 and 118 ZIV-wet; art. 123 to 128quinquies ZIV-besluit); its `kind` tells which. */
export const evidence = z.discriminatedUnion('kind', schemas as unknown as [ProofSchema, ...ProofSchema[]])
export type Evidence = z.infer<typeof evidence>
export type EvidenceKind = Evidence['kind']
export type EvidenceOf<K extends EvidenceKind> = Extract<Evidence, { kind: K }>

/** The proofs of a kind. */
export const proofsOfKind = <K extends EvidenceKind>(all: readonly Evidence[], kind: K): readonly EvidenceOf<K>[] =>
  all.filter((entry): entry is EvidenceOf<K> => entry.kind === kind)

/** The first proof of a kind, when there is one. */
export const findProof = <K extends EvidenceKind>(all: readonly Evidence[], kind: K): EvidenceOf<K> | undefined =>
  all.find((entry): entry is EvidenceOf<K> => entry.kind === kind)
