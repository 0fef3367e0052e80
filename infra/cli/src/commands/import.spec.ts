import { describe, expect, test } from 'vitest'
import { refusalOf } from './import.ts'

const clientWith = (answer: object) => {
  const asked: string[] = []
  const call = async (_method: 'GET' | 'POST', path: string) => {
    asked.push(path)
    return Response.json(answer)
  }
  return { asked, call }
}

describe('what `ziv import` says of a file', () => {
  test('that was refused as a whole: the reasons, in English, with their place', async () => {
    const client = clientWith({
      items: [
        { place: 'record 1', code: '103602', nl: 'fout', en: 'The account number has wrong check digits.' },
        { place: 'line 4', code: 'SLIP-INSZ', nl: 'fout', en: 'The INSZ has wrong check digits.' },
      ],
      total: 31,
    })
    const refusal = await refusalOf(client, { state: 'refused', href: '/reimbursement/v1/invoiceFiles/f' })
    expect(client.asked).toEqual(['/reimbursement/v1/invoiceFiles/f/issues?pageSize=20'])
    expect(refusal).toBe(
      'the file was refused, nothing of it was taken in' +
        '\n  record 1: 103602 The account number has wrong check digits.' +
        '\n  line 4: SLIP-INSZ The INSZ has wrong check digits.' +
        '\n  and 29 more',
    )
  })

  test.each(['settled', 'tested', 'accepted', 'partiallyAccepted', undefined])(
    'that ended as %s: no refusal',
    async (state) => {
      const client = clientWith({})
      expect(await refusalOf(client, { ...(state === undefined ? {} : { state }), href: '/x' })).toBeNull()
      expect(client.asked).toEqual([])
    },
  )
})
