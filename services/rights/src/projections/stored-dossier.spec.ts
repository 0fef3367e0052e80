import type { Instant } from '@ziv/kernel'
import { expect, it } from 'vitest'
import { dossierOf } from '../domain/facts.ts'
import { assessed, capacity, capacityEnd, capacityRequested, day, died, joined } from '../domain/testing-facts.ts'
import { deflate, inflate } from './stored-dossier.ts'

it('a dossier is read back as it was, with what contributions explained of a year', () => {
  const place = { id: 'settled', recordedAt: '2025-02-01T00:00:00.000Z' as Instant, sequence: 2 }
  const repair = { rule: 'minimum.wage', kind: 'payComplement', params: { payCents: 16_351 }, until: day('2028-12-31') }
  const dossier = dossierOf('person', [
    joined('2023-01-01'),
    capacity('EMPLOYEE', '2023-01-01', { capacityId: 'work' }),
    capacityEnd('work', '2024-03-31'),
    capacityRequested('RESIDENT', '2024-05-01'),
    assessed(2022, true),
    assessed(2023, false, { ...place, explanation: { ...place, met: false, grounds: [], repairs: [repair] } }),
    died('2025-03-01'),
  ])
  expect(inflate('person', JSON.parse(deflate(dossier)))).toEqual(dossier)
})
