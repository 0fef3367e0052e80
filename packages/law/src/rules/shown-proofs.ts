import type { IsoDate } from '@ziv/kernel'
import type { Law, LawDecision } from '../types.ts'

/** What the weighing of a proof looks at, by its kind; a kind that is only counted shows nothing of itself. */
interface Weighed {
  readonly enrolmentCertificate: { readonly recognised: boolean }
  readonly residenceDocument: {
    readonly document: string
    readonly issuedOn: IsoDate
    /** Absent: the document states no last day. */
    readonly validUntil?: IsoDate | undefined
    readonly box?: number | undefined
    readonly modelDate?: IsoDate | undefined
    readonly supports?: readonly string[] | undefined
    readonly manualDecisionNeeded?: boolean | undefined
  }
  readonly immigrationOfficeDecision: { readonly decidedOn: IsoDate; readonly positive: boolean }
  readonly manualDecision: { readonly decidedOn: IsoDate; readonly positive: boolean }
  readonly marriageCertificate: { readonly foreign: boolean; readonly legalised?: boolean | undefined }
  readonly householdComposition: {
    readonly sameAddress: boolean
    /** A spouse of the holder lives there too; absent where nobody said it. */
    readonly holderSpouseInHousehold?: boolean | undefined
  }
  readonly fosterProof: { readonly accepted: boolean }
}

/** A proof as it is shown: its kind, and what is weighed of it. */
export interface ShownProof {
  readonly kind: string
}

/** What proofs are weighed for. */
export interface ProofClaim {
  /** Code of the capacity. */
  readonly capacity: string
  readonly acquiredOn: IsoDate
  readonly requestedOn: IsoDate
  /** Day whose law weighs them: the first of insurance of a dependant, else that of acquisition. */
  readonly weighedOn: IsoDate
  readonly relation?: 'own' | 'adopted' | 'partnerChild' | 'grandchild' | 'foster' | undefined
  readonly partnership?: 'married' | 'cohabiting' | undefined
}

/** Whose decision a proof waits for. */
export type AwaitedDecision = 'immigrationOffice' | 'manualDecision'

/** Why proofs are not enough. */
export const proofRefusals = [
  'evidenceMissing',
  'annex15BoxRefused',
  'annex15SupportMissing',
  'protectionDecisionMissing',
  'documentExpired',
  'decisionNegative',
  'decisionBeforeDocument',
  'institutionNotRecognised',
  'certificateNotLegalised',
] as const
export type ProofRefusal = (typeof proofRefusals)[number]

/** What proofs come to: enough, waiting for a decision of others, or refused with the reason and its figures. */
export type ProofVerdict =
  | { readonly verdict: 'sufficient' }
  | { readonly verdict: 'pending'; readonly waitingFor: AwaitedDecision }
  | {
      readonly verdict: 'refused'
      readonly reason: ProofRefusal
      readonly params: Readonly<Record<string, string | number>>
    }

/** How proofs are weighed together; the catalogue names the rule and the parameter of the rule its version. */
export type Weighing = (proofs: readonly ShownProof[], claim: ProofClaim, law: Law) => ProofVerdict

export type ProofDecision = LawDecision<ProofVerdict>

/** What a cohabitant has to show, as a refusal names it. */
export const COHABITATION_PROOF = 'householdComposition (sameAddress, holderSpouseInHousehold)'

export const sufficient: ProofVerdict = { verdict: 'sufficient' }

export const refusedFor = (reason: ProofRefusal, params: Readonly<Record<string, string | number>> = {}) =>
  ({ verdict: 'refused', reason, params }) as const

export const missing = ({ capacity }: ProofClaim, needed: string): ProofVerdict =>
  refusedFor('evidenceMissing', { capacity, needed })

/** What is weighed of a kind of proof. */
export type WeighedOf<K extends keyof Weighed> = Weighed[K]

/** Every proof of a kind, as they were shown: which came first says nothing, so a rule looks at all of them. */
export const allShown = <K extends keyof Weighed>(all: readonly ShownProof[], kind: K): readonly Weighed[K][] =>
  all.filter((proof) => proof.kind === kind) as unknown as readonly (ShownProof & Weighed[K])[]

export const isShown = (all: readonly ShownProof[], kind: string): boolean => all.some((proof) => proof.kind === kind)

/** What the compositions of the household say of a spouse of the holder who lives there too; empty where nobody said it. */
export const spouseTold = (all: readonly ShownProof[]): readonly boolean[] =>
  all.flatMap((proof) =>
    proof.kind === 'householdComposition'
      ? ((proof as ShownProof & Weighed['householdComposition']).holderSpouseInHousehold ?? [])
      : [],
  )
