import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { plantedTree, readTree } from '../tree.ts'
import { fileKindsDefinedOnce } from './file-kinds.ts'

const keysOf = (files: Readonly<Record<string, string>>): readonly string[] =>
  fileKindsDefinedOnce.check(plantedTree(files), '2026-01-01').findings.map(({ key }) => key)

const definition = (kind: string, resource: string): string =>
  `export const ${resource} = () => ({ kind: '${kind}', resource: '${resource}' })\n`

describe('the places that a kind of file is named in', () => {
  const own = {
    'services/a/src/api/toys.ts': definition('toy', 'toys'),
    'services/a/src/api/batches.ts': definition('batch', 'batches'),
    'services/a/src/intake/toy.ts': "export const TOY = 'toy'\n",
    'services/a/src/service.ts': 'export const kinds = [toys, batches]\n',
  }

  test('are two: the list of its service and its row of access', () => {
    expect(keysOf({ ...own, 'services/a/access.yaml': 'FILE /toys/:toyId:\n' })).toEqual([])
  })

  test.each([
    ['services/a/src/api/tasks.ts', "export const kinds = ['toy', 'batch']\n"],
    ['services/a/src/verify/verify.ts', 'export const kinds = [TOY, BATCH]\n'],
    ['services/a/src/api/routes.ts', "import { toys } from './toys.ts'\nimport { batches } from './batches.ts'\n"],
  ])('a list in %s is one too many for every kind that it names', (path, content) => {
    expect(keysOf({ ...own, [path]: content })).toEqual([`${path}#batches`, `${path}#toys`])
  })

  test.each(['packages/service/src/kinds.ts', 'infra/e2e/src/access/table.fixture.ts', 'services/b/src/kinds.ts'])(
    '%s, outside the service, is one too many',
    (path) => {
      expect(keysOf({ ...own, [path]: "export const address = '/a/v1/toys'\n" })).toEqual([`${path}#toys`])
    },
  )

  test('every kind of the product is looked at', () => {
    const root = fileURLToPath(new URL('../../../..', import.meta.url))
    expect(fileKindsDefinedOnce.check(readTree(root), '2026-01-01').read).toBeGreaterThanOrEqual(7)
  })
})
