import { lintOpenapi } from '@ziv/openapi'
import { openapiOf } from '@ziv/service'
import { expect, it } from 'vitest'
import type { ServiceContext } from '../service.ts'
import { description } from './description.ts'
import { contributionRoutes } from './routes.ts'

// the contract is made of the routes alone: no handler runs
const context = { config: { fileBytesMax: 1_000 } } as unknown as ServiceContext

it('the contract of contributions follows the Belgian guide', async () => {
  const document = await openapiOf({
    name: 'contributions',
    api: description,
    routes: (app) => contributionRoutes(app, context),
  })
  expect(lintOpenapi(document)).toEqual([])
  expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(10)
})
