import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { isoDate, makeInsz } from '@ziv/kernel'
import { consumerLag } from '@ziv/messaging'
import { createDatabase } from '@ziv/postgres'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { apiOf } from './api.ts'
import { failedChecks } from './behind.fixture.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

let test: TestSandbox
const member = { insurer: '300', ziekenfonds: '306' }
const clerk = () => apiOf(test.sandbox, { roles: ['clerk'], ...member })
const nameOf = (name: string): string => `${test.sandbox.opened.databasePrefix}${name}`

/** Statements of whoever owns the server, on one of its databases. */
async function asOwner(database: string, ...statements: readonly string[]): Promise<void> {
  const connectionString = Object.assign(new URL(inject('zivPostgresUrl')), { pathname: `/${database}` }).toString()
  const owner = createDatabase({ connectionString, applicationName: 'ziv-restore', max: 1 })
  try {
    for (const statement of statements) await owner.query(statement)
  } finally {
    await owner.close()
  }
}

async function affiliate(number: number): Promise<string> {
  const { personId } = await clerk().post<{ personId: string }>('/affiliation/v1/persons', {
    ...{ ssin: makeInsz(isoDate('1988-04-12'), number), lastName: 'Peeters', firstNames: 'An' },
  })
  const evidence = [{ kind: 'nationalRegisterEntry', registeredOn: '2024-01-10' }]
  await clerk().post(`/affiliation/v1/persons/${personId}/affiliations`, {
    ziekenfonds: member.ziekenfonds,
    capacity: { kind: 'RESIDENT', acquiredOn: '2024-01-10', evidence },
  })
  await test.sandbox.idle()
  return personId
}

const insurability = async (personId: string): Promise<unknown> =>
  (
    await clerk().send<{ inOrder?: boolean }>('/rights/v1/insurability/query', {
      body: { personId, asOf: '2024-01-10' },
    })
  ).body.inOrder

const behind = async (): Promise<number> => {
  const { databases, driver, modules } = test.sandbox
  let sum = 0
  for (const { name, topics } of modules.rights.consumers) {
    const lags = await consumerLag({ driver, database: databases.rights, name, groupId: name, topics })
    sum += lags.reduce((all, { lag }) => all + lag, 0)
  }
  return sum
}

beforeAll(async () => {
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2024-01-10') })
}, 240_000)
afterAll(() => test?.drop(), 60_000)

it('a service whose database was restored knows the persons since its backup again, and is heard about them', async () => {
  const [rights, kept] = [nameOf('rights'), nameOf('kept')]
  const early = await affiliate(125)
  test = await test.restart(() => asOwner('postgres', `create database "${kept}" template "${rights}"`))
  const late = await affiliate(126)
  expect([await insurability(early), await insurability(late)]).toEqual([true, true])

  test = await test.restart(async () => {
    await asOwner('postgres', `drop database "${rights}"`, `create database "${rights}" template "${kept}"`)
    await asOwner(rights, `select es.raise_epoch('restored in a spec')`)
    await rename(join(test.folder, 'anchors.jsonl'), join(test.folder, 'anchors-restored.jsonl'))
  })
  await test.sandbox.idle()
  expect(await behind()).toBe(0)
  expect([await insurability(early), await insurability(late)]).toEqual([true, true])

  // and what comes next of that person is taken by everybody
  await clerk().post(`/affiliation/v1/persons/${late}/death`, { diedOn: '2024-01-10' })
  await test.sandbox.idle()
  expect(await failedChecks(test.sandbox)).toEqual([])
})
