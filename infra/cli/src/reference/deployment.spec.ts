import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { INSURERS } from '@ziv/contracts'
import { loadTopics } from '@ziv/messaging'
import { hosted } from '@ziv/sandbox'
import { describe, expect, test } from 'vitest'
import { deploymentFiles, rootFolder } from './deployment.ts'

const services = Object.values(hosted)

describe('what is deployed', () => {
  test.each([...deploymentFiles()])(
    '%s lists the services there are: run `pnpm ziv docs` when not',
    (path, content) => {
      expect(readFileSync(join(rootFolder, path), 'utf8')).toBe(content)
    },
  )

  test('a seventh service appears in every file by its definition alone', () => {
    const api = { title: 'ZIV toy', description: 'Coupons.', version: '1.0.0', tags: [], rejections: {} }
    const toy = { name: 'toy', database: 'ziv_toy', principal: 'ziv-toy', api }
    for (const [path, content] of deploymentFiles([...services, toy])) {
      expect(content, path).toContain('toy')
      for (const { name } of services) expect(content, path).toContain(name)
    }
  })

  test('everybody whom the access lists name exists, and every service is named', () => {
    const known = new Set(['ziv-clock', 'ziv-anchor', ...INSURERS.map((insurer) => `landsbond-${insurer}`)])
    for (const { principal } of services) {
      for (const name of [principal, ...INSURERS.map((insurer) => `${principal}-${insurer}`)]) known.add(name)
    }
    const named = new Set(loadTopics(INSURERS).flatMap(({ read, write }) => [...read, ...write]))
    expect([...named].filter((principal) => !known.has(principal))).toEqual([])
    const silent = services.filter(({ principal }) => ![...named].some((name) => name.startsWith(principal)))
    expect(silent.map(({ name }) => name)).toEqual([])
  })
})
