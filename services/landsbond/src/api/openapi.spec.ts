import { lintOpenapi } from '@ziv/openapi'
import { openapiOf } from '@ziv/service'
import { expect, test } from 'vitest'
import { description } from './description.ts'
import { landsbondRoutes } from './routes.ts'

test('the contract of the landsbond API follows the Belgian guide', async () => {
  const idle = {} as Parameters<typeof landsbondRoutes>[1]
  const document = await openapiOf({
    name: 'landsbond',
    api: description,
    routes: (app) => landsbondRoutes(app, idle),
  })
  expect(Object.keys((document as unknown as { paths: object }).paths)).toEqual(
    expect.arrayContaining([
      '/overview',
      '/stream',
      '/returns',
      '/returns/{returnId}',
      '/returns/{returnId}/acceptance',
      '/returns/{returnId}/refusal',
      '/returns/{returnId}/recomputation',
      '/returns/{returnId}/cells/{cell}/events',
    ]),
  )
  expect(lintOpenapi(document)).toEqual([])
})
