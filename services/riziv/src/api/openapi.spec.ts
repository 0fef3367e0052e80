import { lintOpenapi } from '@ziv/openapi'
import { openapiOf } from '@ziv/service'
import { expect, it } from 'vitest'
import { description } from './description.ts'
import { rizivRoutes } from './routes.ts'

it('the contract of the RIZIV follows the Belgian guide', async () => {
  // the contract is made of the routes alone: no handler runs
  const document = await openapiOf({
    name: 'riziv',
    api: description,
    routes: (app) => rizivRoutes(app, {} as never),
  })
  // ziekenfondsen is the plural of the Dutch word, and there is one ledger
  const known = new Set(['ziekenfondsen is not a plural', 'ledger is not a plural'])
  expect(lintOpenapi(document).filter(({ detail }) => !known.has(detail))).toEqual([])
  expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(5)
})
