import { lintOpenapi } from '@ziv/openapi'
import { openapiOf } from '@ziv/service'
import { expect, it } from 'vitest'
import { description } from './description.ts'
import { rightsRoutes } from './routes.ts'

it('the contract of rights follows the Belgian guide', async () => {
  // the contract is made of the routes alone: no handler runs
  const document = await openapiOf({
    name: 'rights',
    api: description,
    routes: (app) => rightsRoutes(app, {} as never),
  })
  expect(lintOpenapi(document)).toEqual([])
  expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(5)
})
