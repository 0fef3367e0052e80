import { slipColumns } from '@ziv/formats'
import { createIntake } from '@ziv/intake'
import { lintOpenapi } from '@ziv/openapi'
import { openapiOf } from '@ziv/service'
import { expect, it } from 'vitest'
import type { ApiContext } from '../context.ts'
import { description } from './description.ts'
import { paperSlip } from './item-schemas.ts'
import { paymentBatches, selfEmployedAttestBatches, slipBatches } from './line-batches.ts'
import { contributionRoutes } from './routes.ts'
import { slipIntakes } from './slip-intakes.ts'

// the contract is made of the routes alone: no handler runs
const shared = { config: { fileBytesMax: 1_000 } } as never
const kinds = [slipIntakes, slipBatches, selfEmployedAttestBatches, paymentBatches].map((kind) => kind(shared))
const context = { intake: createIntake({ api: 'contributions', kinds } as never) } as unknown as ApiContext

it('the contract of contributions follows the Belgian guide', async () => {
  const document = await openapiOf({
    name: 'contributions',
    api: description,
    routes: (app) => contributionRoutes(app, context),
  })
  expect(lintOpenapi(document)).toEqual([])
  expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(10)
})

it('what a slip says has one name, in a file of slips, in a file of paper slips and alone', () => {
  const needed = slipColumns.filter(({ required }) => required).map(({ name }) => name)
  expect(needed.toSorted()).toEqual(Object.keys(paperSlip.shape).toSorted())
})
