import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandboxSecrets } from '@ziv/sandbox'
import { describe, expect, test, vi } from 'vitest'
import { callerOf, tokenCommand } from './token.ts'

describe('whom a token of `ziv token` speaks of', () => {
  test.each([
    [{ role: ['clerk'] }, /role clerk needs --ziekenfonds <code>/],
    [{ role: ['clerk'], insurer: '300' }, /role clerk needs --ziekenfonds <code>/],
    [{ role: ['landsbondApprover'] }, /role landsbondApprover needs --insurer <code>/],
    [{ role: ['careProvider'] }, /role careProvider needs --provider <number>/],
    [{ role: ['system', 'insured'] }, /role insured needs --person <id>/],
    [{ role: ['clerk'], ziekenfonds: '306', insurer: '100' }, /306 belongs to insurer 300, not 100/],
    [{ role: ['clerk'], ziekenfonds: '999' }, /there is no ziekenfonds 999/],
  ] as const)('%j is refused, with what is missing', (options, refusal) => {
    expect(() => callerOf({ ...options, role: [...options.role] })).toThrow(refusal)
  })

  test('the insurer follows from the ziekenfonds', () => {
    expect(callerOf({ role: ['clerk'], ziekenfonds: '306' })).toMatchObject({ insurer: '300', ziekenfonds: '306' })
    expect(callerOf({ role: ['rsz'] })).toEqual({ subject: 'rsz-sandbox', roles: ['rsz'] })
  })
})

test.each([
  [['--role', 'clerk', '--insurer', '700'], /--insurer.*700.*Allowed choices are 100/],
  [['--role', 'insured', '--person', '85073000259'], /personId as the API gives it/],
  [['--role', 'insured', '--person', 'x'], /personId as the API gives it/],
  [['--role', 'careProvider', '--provider', '123'], /eleven digits/],
  // a provider without the qualification, of which services keep nothing; and one with a digit mistyped
  [['--role', 'careProvider', '--provider', '10003569'], /eleven digits.*qualification.*10003569004/],
  [['--role', 'careProvider', '--provider', '10003568004'], /seven and eight.*wrong/],
  [['--role', 'clerk', '--ziekenfonds', '3O6'], /three digits/],
])('ziv token %j is refused with what the service would take', async (options, refusal) => {
  const command = tokenCommand({ dataDir: 'none' } as never).exitOverride()
  command.configureOutput({ writeErr: () => undefined })
  await expect(command.parseAsync(options, { from: 'user' })).rejects.toThrow(refusal)
})

test('a person and a provider are taken in every spelling that an API takes, and written as one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ziv-token-'))
  await sandboxSecrets(folder)
  const personId = '0198C1A2-7F00-7000-8000-000000000001'
  const claims = async (...options: readonly string[]) => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    await tokenCommand({ dataDir: folder } as never).parseAsync(options, { from: 'user' })
    const token = String(written.mock.lastCall?.[0])
    written.mockRestore()
    return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())
  }
  const provider = await claims('--role', 'careProvider', '--provider', '1-00035-69-004')
  expect(provider).toMatchObject({ providerNumber: '10003569004' })
  expect(await claims('--role', 'insured', '--person', personId)).toMatchObject({ personId: personId.toLowerCase() })
  await rm(folder, { recursive: true, force: true })
})
