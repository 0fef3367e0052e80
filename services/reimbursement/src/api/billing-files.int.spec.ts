import { describe, expect, test } from 'vitest'
import { failedFindings } from '../testing/answers.ts'
import {
  call,
  clerk,
  harness,
  insured,
  landsbond,
  other,
  otherClerk,
  otherProvider,
  sameProvider,
  system,
  useApi,
} from '../testing/api-world.ts'
import { bearer, fileText, invoice, patient } from '../testing/harness.ts'

useApi()

describe('billing files', () => {
  const send = (text: string, token = sameProvider) =>
    call('POST', '/invoiceFiles', {
      token,
      body: text,
      headers: { 'content-type': 'application/octet-stream' },
    })
  const settledFile = async (fileId: string) => {
    for (let tries = 0; tries < 200; tries += 1) {
      const { json } = await call('GET', `/invoiceFiles/${fileId}`, { token: sameProvider })
      if (json.state !== 'received') return json
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('not settled')
  }

  test('are sent, followed and answered; each sees its part', async () => {
    const good = Array.from({ length: 25 }, (_, n) => patient(100 + n))
    await harness.insured(...good)
    const text = await fileText([
      ...good.map((person, n) => invoice(person, n + 1)),
      invoice(insured, 30, [{ date: '2024-05-02', code: '999935' }]),
      invoice(other, 31),
    ])
    const sent = await send(text)
    expect(sent.status).toBe(202)
    expect(sent.headers.location).toBe(`/reimbursement/v1/invoiceFiles/${sent.json.fileId}`)
    const file = await settledFile(sent.json.fileId)
    expect(file).toMatchObject({
      state: 'settled',
      lines: 27,
      acceptedLines: 26,
      refusedLines: 1,
      paidCents: 26 * 1968,
    })
    const path = `/invoiceFiles/${sent.json.fileId}`
    const answer = await call('GET', `${path}/answer`, { token: sameProvider })
    expect(answer.headers['content-type']).toContain('text/plain')
    expect(answer.text.startsWith('920900')).toBe(true)
    const issues = await call('GET', `${path}/issues`, { token: clerk })
    expect(issues.json.items).toMatchObject([{ code: '500403', letter: 'R', serviceLine: 1 }])
    expect((await call('GET', `${path}/issues`, { token: otherClerk })).json.items).toEqual([])
    const part = await call('GET', `${path}/answer`, { token: otherClerk })
    expect(part.text).toContain(other.insz)
    expect(part.text).not.toContain(insured.insz)
    const whole = await call('GET', `${path}/answer`, { token: landsbond })
    expect(whole.text).toContain(insured.insz)
    expect(whole.text).not.toContain(other.insz)
    const own = { state: 'settled', invoices: 26, lines: 26, acceptedLines: 25, refusedLines: 1, errorLines: 1 }
    expect((await call('GET', path, { token: landsbond })).json).toMatchObject({
      ...own,
      askedCents: 26 * 1968,
      paidCents: 25 * 1968,
      parts: [{ destination: '306', lines: 26, paidCents: 25 * 1968 }],
    })
    expect((await call('GET', path, { token: otherClerk })).json).toMatchObject({
      ...{ ...own, invoices: 1, lines: 1, acceptedLines: 1, refusedLines: 0, errorLines: 0 },
      parts: [{ lines: 1, acceptedLines: 1, refusedLines: 0, paidCents: 1968 }],
    })
    expect((await call('GET', path, { token: otherProvider })).status).toBe(404)
    expect(
      (await call('GET', path, { token: bearer({ roles: ['clerk'], insurer: '100', ziekenfonds: '108' }) })).status,
    ).toBe(404)
    expect((await send(text)).json.fileId).toBe(sent.json.fileId)
  })

  test('that are refused on form tell an insurer its own total, not those of the others and of the file', async () => {
    const text = await fileText([
      invoice(insured, 50, [{ date: '2024-05-04' }]),
      invoice(other, 51, [{ date: '2024-05-04' }]),
    ])
    const at = text.lastIndexOf('96', text.length - 300)
    const sent = await send(`${text.slice(0, at + 24)}9${text.slice(at + 25)}`)
    expect(sent.json).toMatchObject({ state: 'refused', answerKind: '920999' })
    const answer = async (token: string) =>
      (await call('GET', `/invoiceFiles/${sent.json.fileId}/answer`, { token })).text.length
    expect((await answer(sameProvider)) - (await answer(landsbond))).toBe(2 * 350)
    expect((await answer(sameProvider)) - (await answer(otherClerk))).toBe(3 * 350)
  })

  test('of another provider are refused and leave nothing', async () => {
    const before = await harness.count('app_files.files')
    expect((await send(await fileText([invoice(other, 40, [{ date: '2024-05-03' }])]), otherProvider)).status).toBe(403)
    expect(await harness.count('app_files.files')).toBe(before)
  })

  test('are one file in ISO-8859-1 and in UTF-8, when the charset says which', async () => {
    const text = (await fileText([invoice(insured, 60, [{ date: '2024-05-07' }])])).replace('PEETERS', 'P\u00c9TERS ')
    const named = (charset: string, body: Buffer) => {
      const headers = { 'content-type': `text/plain; charset=${charset}` }
      return call('POST', '/invoiceFiles', { token: sameProvider, body, headers })
    }
    const latin = await named('iso-8859-1', Buffer.from(text, 'latin1'))
    expect(latin.status).toBe(202)
    expect((await named('utf-8', Buffer.from(text))).json.fileId).toBe(latin.json.fileId)
    expect((await settledFile(latin.json.fileId)).acceptedLines).toBe(1)
    expect((await named('utf-8', Buffer.from(text, 'latin1'))).status).toBe(400)
    expect((await named('us-ascii', Buffer.from(text, 'latin1'))).status).toBe(400)
  })

  test('that cannot be read are a problem document', async () => {
    const { status, json } = await send('no billing file')
    expect([status, json.issues[0].detail.length > 10]).toEqual([400, true])
    expect((await call('GET', '/invoiceFiles/00000000-0000-4000-8000-000000000000', { token: system })).status).toBe(
      404,
    )
  })

  test('and claims together add up', async () => {
    expect(await failedFindings(harness)).toEqual([])
  })
})
