// written by list-services.ts from the folders of services/
import { affiliation } from '@ziv/affiliation'
import { contributions } from '@ziv/contributions'
import { landsbond } from '@ziv/landsbond'
import { reimbursement } from '@ziv/reimbursement'
import { rights } from '@ziv/rights'
import { riziv } from '@ziv/riziv'

/** Every service: the one list of them. Compose, proxy, databases, principals and boundaries are made from it. */
export const hosted = {
  affiliation,
  contributions,
  rights,
  reimbursement,
  landsbond,
  riziv,
} as const
