import { writeNomensoft } from '@ziv/formats'
import { isoDate } from '@ziv/kernel'

/** A list of fees in which a consultation costs this from the beginning of 2024. */
export async function listWith(fee: string): Promise<string> {
  const row = { code: '101032', validFrom: isoDate('2024-01-01'), validTo: null, category: null, document: 'OA2024_2' }
  const words = { description: { nl: '', fr: '' }, feeDescription: { nl: '', fr: '' } }
  const amounts = [
    ['0', fee],
    ['1600', '25.000000'],
    ['1300', '28.000000'],
  ] as const
  const rows = amounts.map(([feeCode, amount]) => ({ ...row, ...words, feeCode, amount }))
  return (await Array.fromAsync(writeNomensoft(rows))).join('')
}
