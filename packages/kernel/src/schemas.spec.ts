import { expect, test } from 'vitest'
import { employerNumber, enterpriseNumber } from './schemas.ts'

test('a number is read in any spelling and handed on in one', () => {
  expect([employerNumber.parse('0403.019.261'), employerNumber.parse('RSZ 1234560-70')]).toEqual([
    '0403019261',
    '123456070',
  ])
  expect(enterpriseNumber.parse('BE 0409.084.236')).toBe('0409084236')
})

test('a refusal names the code of the parser', () => {
  const refused = (result: ReturnType<typeof employerNumber.safeParse>) =>
    result.error?.issues.map((issue) => issue.code === 'custom' && issue.params)
  expect(refused(employerNumber.safeParse('123456071'))).toEqual([{ refusedBy: 'RSZ_NUMBER_CHECK_DIGITS' }])
  expect(refused(enterpriseNumber.safeParse('0409084290'))).toEqual([{ refusedBy: 'KBO_NUMBER_CHECK_DIGITS' }])
})
