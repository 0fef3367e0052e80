import { describe, expect, test } from 'vitest'
import { callerOf } from './token.ts'

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
