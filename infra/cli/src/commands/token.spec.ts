import { describe, expect, test } from 'vitest'
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
  [['--role', 'careProvider', '--provider', '123'], /eight or eleven digits/],
])('ziv token %j is refused with what the service would take', async (options, refusal) => {
  const command = tokenCommand({ dataDir: 'none' } as never).exitOverride()
  command.configureOutput({ writeErr: () => undefined })
  await expect(command.parseAsync(options, { from: 'user' })).rejects.toThrow(refusal)
})
