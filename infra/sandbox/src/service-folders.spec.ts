import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rootFolder, serviceFiles, serviceFolders } from './service-folders.ts'
import { serviceNames } from './services.ts'

describe('the list of services', () => {
  test.each([...serviceFiles()])('%s says which folders there are: run list-services.ts when not', (path, content) => {
    expect(readFileSync(join(rootFolder, path), 'utf8')).toBe(content)
    expect([...serviceNames].sort()).toEqual(serviceFolders())
  })

  test.each([...serviceFiles([...serviceFolders(), 'newcomer'])])(
    '%s names a new service by its folder alone',
    (path, content) => {
      const added = content.split('\n').filter((line) => !readFileSync(join(rootFolder, path), 'utf8').includes(line))
      expect(added.length).toBeGreaterThan(0)
      expect(added.every((line) => line.includes('newcomer'))).toBe(true)
      // the last one shown and proved
      if (path.endsWith('.ts')) expect(content).toMatch(/ {2}newcomer,\n\} as const\n$/)
    },
  )

  test('a service whose folder is gone is listed nowhere', () => {
    const left = serviceFolders().filter((name) => name !== 'riziv')
    for (const [path, content] of serviceFiles(left)) {
      expect(content, path).not.toContain('riziv')
      for (const name of left) expect(content, path).toContain(`@ziv/${name}`)
    }
  })
})
