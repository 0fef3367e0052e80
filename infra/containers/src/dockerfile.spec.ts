import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isIgnored, readDockerfile } from './dockerfile.ts'
import { rootFolder } from './world.ts'

const read = (path: string): string => readFileSync(join(rootFolder, path), 'utf8')

test('our Dockerfile is followed to its last step', () => {
  const { pnpm, steps, environment } = readDockerfile(read('Dockerfile'))
  expect(pnpm).toBe('pnpm@10')
  expect(environment).toMatchObject({ NODE_ENV: 'production', PORT: '8080' })
  expect(steps[0]).toEqual({ kind: 'copy', from: ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'], to: './' })
  expect(steps.at(-1)).toMatchObject({ kind: 'pnpm', words: expect.arrayContaining(['install', '--frozen-lockfile']) })
})

test('a filter by folder stands in braces: without them pnpm forgets the dots, and what a service stands on is not installed', () => {
  const words = readDockerfile(read('Dockerfile')).steps.flatMap((step) => (step.kind === 'pnpm' ? step.words : []))
  const filters = words.filter((_, index) => words[index - 1] === '--filter')
  expect(filters).toHaveLength(2)
  for (const filter of filters) expect(filter).toMatch(/^(\{[\w*/]+\}|@ziv\/[a-z]+)\.\.\.$/)
})

test('a step that is not known is not passed over', () => {
  expect(() => readDockerfile('FROM node:26\nRUN apt-get update\n')).toThrow(/not known here: RUN apt-get update/)
  expect(() => readDockerfile('FROM node:26\n')).toThrow(/no pnpm/)
})

test('.dockerignore keeps out what it names, at any depth where it says so', () => {
  const ignore = read('.dockerignore')
  for (const path of ['packages/http/node_modules', 'services/rights/src/a/b.spec.ts', 'infra/kafka/lib', 'docs']) {
    expect(isIgnored(path, ignore), path).toBe(true)
  }
  for (const path of ['packages/http/src/index.ts', 'infra/kafka/src', 'infra/topics.yaml', 'package.json']) {
    expect(isIgnored(path, ignore), path).toBe(false)
  }
})
