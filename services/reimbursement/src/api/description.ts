import { fileRejections } from '@ziv/intake'
import type { ApiDescription } from '@ziv/openapi'
import { reimbursementRejections } from '../domain/reimbursement.rejections.ts'

export const description: ApiDescription = {
  title: 'ZIV reimbursement',
  description:
    'Tariffs of the nomenclature, prices of care with their grounds, claims, billing files of 350 positions and their answers.',
  version: '1.0.0',
  tags: [
    { name: 'Tariffs', description: 'Dated tariffs and the price of a line' },
    { name: 'Claims', description: 'Single claims and what became of them' },
    { name: 'Invoice files', description: 'Billing files of care providers and their answers' },
    { name: 'Statuses', description: 'Increased intervention and global medical file of a person' },
    { name: 'Tasks', description: 'Long work and how far it is' },
    { name: 'Access log', description: 'Who consulted a person' },
  ],
  rejections: { ...reimbursementRejections, ...fileRejections },
}
