import type { RejectionCatalog } from '@ziv/kernel'

/** What the contract at `/doc/openapi.yaml` says of an API beside its routes. */
export interface ApiDescription {
  readonly title: string
  readonly description: string
  /** `major.minor.patch` of the contract. */
  readonly version: string
  /** Every tag that an operation uses, in title style. */
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** Refusals of the domain: listed at `/refData/problemTypes` and in the contract. */
  readonly rejections?: RejectionCatalog
}
