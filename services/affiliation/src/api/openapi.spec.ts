import { createIntake } from '@ziv/intake'
import { lintOpenapi } from '@ziv/openapi'
import { openapiOf } from '@ziv/service'
import { expect, test } from 'vitest'
import { rejections } from '../domain/person.rejections.ts'
import { memberImportRow } from '../intake/import-row.ts'
import { description } from './description.ts'
import { memberImports } from './member-imports.ts'
import { registerRoutes } from './routes.ts'

const intake = createIntake({ api: 'affiliation', kinds: [memberImports({} as never)] } as never)

test('the contract follows the Belgian guide', async () => {
  const document = await openapiOf({
    name: 'affiliation',
    api: { ...description, rejections },
    routes: (app) => registerRoutes(app, { intake } as never),
  })
  // a history is one thing, and ziekenfondsen is the plural of the Dutch word
  const accepted = new Set(['history is not a plural', 'ziekenfondsen is not a plural'])
  expect(lintOpenapi(document).filter((violation) => !accepted.has(violation.detail))).toEqual([])
  expect(Object.keys(document.paths ?? {}).length).toBeGreaterThan(15)
  // the body of a file has no schema: its description tells every field of a line
  const told = document.paths?.['/memberImports']?.post?.description ?? ''
  for (const field of Object.keys(memberImportRow.shape))
    expect(told).toMatch(new RegExp(`^- ${field}( \\(optional\\))?: \\w`, 'm'))
  expect(told).not.toContain('undefined')
  // what makes two rows the same
  expect(told).toContain('known by its sender and its rowId')
})
