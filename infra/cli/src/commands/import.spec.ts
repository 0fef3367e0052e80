import { fileRoutesOf, serviceContracts } from '@ziv/sandbox'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { importCommand, mediaTypeOf, refusalOf, routeOf } from './import.ts'

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
        '\n  and 29 more' +
        '\nall of it: GET /reimbursement/v1/invoiceFiles/f/issues, as CSV /reimbursement/v1/invoiceFiles/f/issues/export',
    )
  })

  test.each([{ refused: 2 }, { refusedLines: 2 }])(
    'that was taken in but for some rows (%j): which, and where the rest is read',
    async (counts) => {
      const items = [{ place: 'line 2', code: 'evidenceMissing', en: 'Give the contract.' }]
      const outcome = { state: 'partiallyAccepted', href: '/affiliation/v1/memberImports/m', ...counts }
      expect(await refusalOf(clientWith({ items, total: 2 }), outcome)).toBe(
        'refused 2: put right what follows, and send it again' +
          '\n  line 2: evidenceMissing Give the contract.' +
          '\n  and 1 more' +
          '\nall of it: GET /affiliation/v1/memberImports/m/issues, as CSV /affiliation/v1/memberImports/m/issues/export',
      )
    },
  )

  test('what it says before it sends: as whom, and what that means for members', () => {
    const help: string[] = []
    importCommand(readConfig({}))
      .configureOutput({ writeOut: (text) => help.push(text) })
      .outputHelp()
    expect(help.join('')).toMatch(/role system(.|\n)*without evidence/)
  })

  test.each(['settled', 'tested', 'accepted', undefined])('that ended as %s: no refusal', async (state) => {
    const client = clientWith({})
    expect(await refusalOf(client, { ...(state === undefined ? {} : { state }), href: '/x', refused: 0 })).toBeNull()
    expect(client.asked).toEqual([])
  })
})

describe('what `ziv import` can send', async () => {
  const routes = fileRoutesOf(await serviceContracts())

  test('is every file that a service takes, by the name of its resource', () => {
    expect(routes.length).toBeGreaterThanOrEqual(7)
    for (const route of routes) expect(routeOf(routes, route.resource)).toBe(route)
    expect(() => routeOf(routes, 'nothing')).toThrow(
      routes
        .map(({ resource }) => resource)
        .sort()
        .join(', '),
    )
  })

  test.each([
    ['slipIntakes', 'DmfA.xml', 'application/xml'],
    ['slipIntakes', 'slips.CSV', 'text/csv'],
    ['slipIntakes', 'slips.jsonl', 'application/x-ndjson'],
    ['slipIntakes', 'slips', 'application/xml'],
    ['memberImports', 'members.txt', 'application/x-ndjson'],
    ['invoiceFiles', 'efact.txt', 'application/octet-stream'],
    ['tariffImports', 'nomensoft.xml', 'application/xml'],
    ['paymentBatches', 'coda.ndjson', 'application/x-ndjson'],
  ])('%s of %s goes as %s', (resource, file, type) => {
    expect(mediaTypeOf(file, routeOf(routes, resource))).toBe(type)
  })
})
