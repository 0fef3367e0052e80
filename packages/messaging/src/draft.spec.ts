import { claimRefused, receiptBooked } from '@ziv/contracts'
import { describe, expect, it } from 'vitest'
import { type DraftOptions, draft, topicFor } from './draft.ts'

const id = '0191f3a0-0000-7000-8000-000000000001'
const booked = (changes: object = {}) =>
  draft(receiptBooked, {
    data: { receiptId: id, source: 'rsz', amountCents: 1250, receivedOn: '2026-01-05', ...changes },
    key: 'rsz',
    recordedAt: '2026-01-05T09:00:00.000Z',
    actor: 'clerk-1',
    correlationId: 'corr-1',
    causationId: 'cause-1',
    source: '/riziv',
  } as DraftOptions<never>)

describe('draft of a public message', () => {
  it('fills the attributes of the envelope from what is known', () => {
    expect(booked()).toMatchObject({
      topic: 'ziv.riziv.distribution.v1',
      key: 'rsz',
      type: receiptBooked.type,
      payload: { amountCents: 1250 },
      attributes: {
        source: '/riziv',
        service: 'riziv',
        subject: 'rsz',
        time: '2026-01-05T09:00:00.000Z',
        actor: 'clerk-1',
        correlationid: 'corr-1',
        causationid: 'cause-1',
      },
    })
  })

  it('refuses data that breaks the contract and names the field', () => {
    expect(() => booked({ amountCents: 12.5 })).toThrow(/amountCents/)
  })

  it('refuses a field that the contract does not have, so that nothing leaves unseen', () => {
    expect(() => booked({ name: 'Peeters' })).toThrow(/no field name/)
  })

  it('gives every message its own id unless the caller derives one', () => {
    expect(booked().eventId).not.toBe(booked().eventId)
  })

  it('names the topic of the insurer and refuses to guess it', () => {
    expect(topicFor(claimRefused, '300')).toBe('ziv.300.reimbursement.v1')
    expect(() => topicFor(claimRefused)).toThrow(/insurer/)
  })
})
