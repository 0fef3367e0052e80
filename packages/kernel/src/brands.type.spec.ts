import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Cents, Decision, Instant, Insz, IsoDate, KboNumber, Quarter, Rejection } from './index.ts'
import { accept, addCents, addDays, cents, defineRejections, isIsoDate, isoDate, quarter, reject } from './index.ts'

// checked by the type checker: a line marked as an error that is none fails `pnpm typecheck`
describe('brands', () => {
  test('plain text and numbers are not accepted as a value of the kernel', () => {
    expectTypeOf<string>().not.toExtend<IsoDate>()
    expectTypeOf<number>().not.toExtend<Cents>()
    // @ts-expect-error a number is not an amount until cents() has looked at it
    expect(addCents(1, 2)).toBe(3)
    // @ts-expect-error nor is text a date
    expect(addDays('2026-01-01', 1)).toBe('2026-01-02')
  })

  test('a branded value is still text or a number to read', () => {
    expectTypeOf<IsoDate>().toExtend<string>()
    expectTypeOf<Cents>().toExtend<number>()
  })

  test('brands do not stand in for each other', () => {
    expectTypeOf<IsoDate>().not.toExtend<Instant>()
    expectTypeOf<Quarter>().not.toExtend<IsoDate>()
    expectTypeOf<Insz>().not.toExtend<KboNumber>()
    // @ts-expect-error a quarter is no date
    expect(() => addDays(quarter('2026Q1'), 1)).toThrow(RangeError)
  })

  test('arithmetic on amounts gives a bare number that must be checked again', () => {
    expectTypeOf(cents(1)).toEqualTypeOf<Cents>()
    const doubled = cents(1) * 2
    expectTypeOf(doubled).toEqualTypeOf<number>()
  })

  test('the guard makes a date of unknown input', () => {
    const input: unknown = isoDate('2026-01-01')
    if (isIsoDate(input)) expectTypeOf(input).toEqualTypeOf<IsoDate>()
  })

  test('a decision keeps the codes it may be refused with', () => {
    const decide = (open: boolean): Decision<'opened', Rejection<'ALREADY_OPEN'>> =>
      open ? reject('ALREADY_OPEN') : accept('opened')
    expectTypeOf(decide).returns.toEqualTypeOf<Decision<'opened', Rejection<'ALREADY_OPEN'>>>()
    const text = { status: 409, nl: 'a', fr: 'b', de: 'c', en: 'd' } as const
    expectTypeOf(defineRejections({ a: text, b: text })).toHaveProperty('a')
  })
})
