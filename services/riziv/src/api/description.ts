import type { ApiDescription } from '@ziv/openapi'
import { rejections } from '../domain/rejections.ts'

/** What the contract says of this API beside its routes. */
export const description: ApiDescription = {
  title: 'ZIV RIZIV',
  description: 'Register of insurers and ziekenfondsen, receipts, advances, yearly settlement and the ledger.',
  version: '1.0.0',
  tags: [
    { name: 'Register', description: 'Insurers and ziekenfondsen' },
    { name: 'Treasury', description: 'Receipts, distribution and ledger' },
    { name: 'Tasks', description: 'Long work and how far it is' },
  ],
  rejections,
}
