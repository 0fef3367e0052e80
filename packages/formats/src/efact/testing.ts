import { cents, isoDate, makeInsz, makeNomenclatureCode, makeRizivNumber } from '@ziv/kernel'
import fc from 'fast-check'
import type { EfactFileInput, EfactInvoiceInput, EfactServiceInput } from './types.ts'

const dayOf = (day: number): ReturnType<typeof isoDate> => isoDate(`2026-09-${String(day).padStart(2, '0')}`)

const serviceArbitrary: fc.Arbitrary<EfactServiceInput> = fc
  .record({
    first5: fc.integer({ min: 10_000, max: 99_999 }),
    day: fc.integer({ min: 1, max: 28 }),
    insurance: fc.integer({ min: -999_999, max: 9_999_999 }),
    patient: fc.integer({ min: 0, max: 99_999 }),
    supplement: fc.integer({ min: 0, max: 99_999 }),
    provider: fc.integer({ min: 100_000, max: 999_999 }),
    reference: fc.stringMatching(/^[A-Z0-9-]{1,25}$/u),
    tarification: fc.boolean(),
    reading: fc.boolean(),
  })
  .map((s) => ({
    code: makeNomenclatureCode(s.first5),
    from: dayOf(s.day),
    provider: `0${makeRizivNumber(s.provider, 4)}`,
    insuranceCents: cents(s.insurance),
    patientCents: cents(s.patient),
    supplementCents: cents(s.supplement),
    reference: s.reference,
    ...(s.tarification ? { tarification: { commitment: 'ENGAGEMENT 1', date: dayOf(s.day) } } : {}),
    ...(s.reading ? { identityReading: { date: dayOf(s.day), time: '10:35', medium: '1', input: '1' } } : {}),
  }))

const invoiceArbitrary: fc.Arbitrary<EfactInvoiceInput> = fc
  .record({
    serial: fc.integer({ min: 1, max: 998 }),
    year: fc.integer({ min: 1930, max: 2025 }),
    ziekenfonds: fc.constantFrom('101', '203', '304', '306', '407', '509', '601', '910'),
    sex: fc.constantFrom('M' as const, 'F' as const),
    number: fc.integer({ min: 1, max: 999_999_999 }),
    services: fc.array(serviceArbitrary, { minLength: 1, maxLength: 4 }),
  })
  .map((i) => ({
    ziekenfonds: i.ziekenfonds,
    insz: makeInsz(isoDate(`${i.year}-03-04`), i.serial),
    sex: i.sex,
    ct1: '110',
    ct2: '111',
    invoiceNumber: String(i.number),
    reference: `REF${i.number}`,
    invoiceDate: isoDate('2026-10-02'),
    billingInstitution: '010000000007',
    services: i.services,
  }))

/** Billing files for property tests: a few invoices over several insurers, in the order of the destinations. */
export const fileArbitrary: fc.Arbitrary<EfactFileInput & { readonly invoices: readonly EfactInvoiceInput[] }> = fc
  .array(invoiceArbitrary, { minLength: 1, maxLength: 5 })
  .map((invoices) => ({
    senderReference: '20260001',
    invoicingMonth: '2026-09',
    sendNumber: 12,
    createdOn: isoDate('2026-10-02'),
    thirdPartyNumber: '010000000007',
    bic: 'GKCCBEBB',
    iban: 'BE68 5390 0754 7034',
    contact: { lastName: 'Zoë', firstName: 'Anaïs', phone: '+32 2 123 45 67' },
    invoices: [...invoices].sort((a, b) => (destinationKey(a) < destinationKey(b) ? -1 : 1)),
  }))

const destinationKey = (invoice: EfactInvoiceInput): string =>
  invoice.ziekenfonds === '304' ? '300' : invoice.ziekenfonds === '407' ? '400' : invoice.ziekenfonds
