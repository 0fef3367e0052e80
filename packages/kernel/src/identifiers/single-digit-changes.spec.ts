import { expect, test } from 'vitest'
import { singleDigitChanges } from './single-digit-changes.ts'

test('every place of a number is changed to each of the nine other digits', () => {
  const changes = singleDigitChanges('07')
  expect(new Set(changes).size).toBe(18)
  expect(changes.every((text) => /^(\d7|0\d)$/.test(text) && text !== '07')).toBe(true)
})
