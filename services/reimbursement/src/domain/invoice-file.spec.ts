import { uuidV5 } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { invoiceFileEvents, invoiceFileStream } from './invoice-file.ts'

test('how a billing file ended is kept apart from its claims, one stream a file', () => {
  expect(invoiceFileStream(uuidV5('one'))).toBe(`invoiceFile-${uuidV5('one')}`)
  expect(invoiceFileStream(uuidV5('one'))).not.toBe(invoiceFileStream(uuidV5('other')))
  expect([...invoiceFileEvents.versions.keys()]).toEqual([
    'InvoiceFileSettled',
    'InvoiceFileTested',
    'InvoiceFileRefused',
  ])
})
