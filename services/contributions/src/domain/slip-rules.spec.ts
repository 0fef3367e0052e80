import { isoDate, quarter } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { describe, expect, test } from 'vitest'
import { amountCentsMax, refuseSlip } from './slip-rules.ts'

type Slip = Parameters<typeof refuseSlip>[0]

const today = isoDate('2025-04-01')
const slip: Slip = { source: 'rsz', sender: '123456070', quarter: quarter('2025Q1'), amountCents: 100 }
const refused = (changes: Partial<Slip>) => refuseSlip({ ...slip, ...changes }, today, loadLaw())

describe('a slip or an attest', () => {
  test.each<[string, Partial<Slip>]>([
    ['of an RSZ number', {}],
    ['of an enterprise number', { sender: '0403019261', source: 'paper' }],
    ['of both numbers of an employer', { sender: '123456070+0403019261' }],
    ['of a social insurance fund', { source: 'selfEmployedFund', sender: '005' }],
    ['made today', { createdOn: today }],
    ['of nothing', { amountCents: 0 }],
    ['of the highest amount', { amountCents: amountCentsMax }],
  ])('%s is recorded', (_what, changes) => {
    expect(refused(changes)).toBeUndefined()
  })

  const unreadable = { code: 'lineUnreadable', params: { fields: 'employerNumber' } }
  test.each<[string, Partial<Slip>, ReturnType<typeof refuseSlip>]>([
    ['of an employer without a number', { sender: '' }, unreadable],
    ['of eight digits', { sender: '12345607' }, unreadable],
    ['of eleven digits', { sender: '12345607012' }, unreadable],
    ['of a second number that is cut', { sender: '123456070+040301926' }, unreadable],
    ['of a second number that is no number', { sender: '123456070+ABCDEFGHIJ' }, unreadable],
    ['of more than numbers', { sender: ';123456070' }, unreadable],
    ['of a number with more behind it', { sender: '123456070;' }, unreadable],
    ['of the fund, sent for an employer', { source: 'paper', sender: '005' }, unreadable],
    [
      'of a quarter that runs',
      { quarter: quarter('2025Q2') },
      { code: 'quarterNotOver', params: { quarter: '2025Q2' } },
    ],
    ['of a quarter to come', { quarter: quarter('2026Q1') }, { code: 'quarterNotOver', params: { quarter: '2026Q1' } }],
    [
      'made tomorrow',
      { createdOn: isoDate('2025-04-02') },
      { code: 'formInFuture', params: { createdOn: '2025-04-02' } },
    ],
    [
      'of a year before the law here',
      { quarter: quarter('1990Q1') },
      { code: 'yearUnknownToLaw', params: { year: 1990 } },
    ],
    ['of less than nothing', { amountCents: -1 }, { code: 'amountImpossible', params: { amountCents: -1 } }],
    ['of half a cent', { amountCents: 0.5 }, { code: 'amountImpossible', params: { amountCents: 0.5 } }],
    [
      'of more than can be',
      { amountCents: amountCentsMax + 1 },
      { code: 'amountImpossible', params: { amountCents: amountCentsMax + 1 } },
    ],
  ])('%s is refused and says why', (_what, changes, rejection) => {
    expect(refused(changes)).toEqual(rejection)
  })
})
