import { affiliationQuestions } from '@ziv/affiliation/testing'
import { lawQuestions, type Questions } from '@ziv/law/testing'
import { reimbursementQuestions } from '@ziv/reimbursement/testing'
import { rightsQuestions } from '@ziv/rights/testing'

/** Everybody who asks scenarios, with the questions asked. */
export const askers: readonly { readonly folder: string; readonly questions: Questions }[] = [
  { folder: 'packages/law', questions: lawQuestions },
  { folder: 'services/affiliation', questions: affiliationQuestions },
  { folder: 'services/rights', questions: rightsQuestions },
  { folder: 'services/reimbursement', questions: reimbursementQuestions },
]
