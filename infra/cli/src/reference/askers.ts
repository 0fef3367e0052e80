import { affiliationQuestions } from '@ziv/affiliation/testing'
import { type Asked, lawQuestions, loadScenarios } from '@ziv/law/testing'
import { reimbursementQuestions } from '@ziv/reimbursement/testing'
import { rightsQuestions } from '@ziv/rights/testing'

const root = new URL('../../../../', import.meta.url)

/** Everybody who asks scenarios, with the questions asked. */
const askers = [
  { folder: 'packages/law', questions: lawQuestions },
  { folder: 'services/affiliation', questions: affiliationQuestions },
  { folder: 'services/rights', questions: rightsQuestions },
  { folder: 'services/reimbursement', questions: reimbursementQuestions },
]

/** All scenarios of the law and of the services, each with the questions it is one of, and its file from the root. */
export const askedScenarios = (): readonly (Asked & { readonly path: string })[] =>
  askers.flatMap(({ folder, questions }) =>
    loadScenarios(new URL(`${folder}/scenarios/`, root)).map((scenario) => ({
      ...{ scenario, questions },
      path: `${folder}/scenarios/${scenario.file}`,
    })),
  )
