import type { Row } from '../types.ts'

/** The rows of the budget table that are measured, in its order; each loads only the services it needs. */
export const rows: readonly { readonly name: string; readonly load: () => Promise<Row> }[] = [
  { name: 'append', load: async () => (await import('./append.ts')).append },
  { name: 'slip-intake', load: async () => (await import('./slip-intake.ts')).slipIntake },
  { name: 'renewal', load: async () => (await import('./renewal.ts')).renewal },
  { name: 'insurability', load: async () => (await import('./insurability.ts')).insurability },
  { name: 'billing-file', load: async () => (await import('./billing-file.ts')).billingFile },
  { name: 'relay', load: async () => (await import('./relay.ts')).relay },
  { name: 'visibility', load: async () => (await import('./visibility.ts')).visibility },
]
