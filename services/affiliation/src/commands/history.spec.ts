import { readdirSync, readFileSync } from 'node:fs'
import { LANGUAGES } from '@ziv/kernel'
import { loadCapacities } from '@ziv/law'
import { expect, test } from 'vitest'
import { correctionReasons, type PersonEvent, personEvent, personEventSchemas } from '../domain/person.events.ts'
import { acquired, affiliated, capacityEnded, closed, day, ids } from '../domain/testing-facts.ts'
import { describeEvent } from './history.ts'

/** A code of the program: one word with a capital inside, or with underscores. */
const code = /\b([a-z]+[A-Z]\w*|[A-Z]+_[A-Z_]+|[A-Z]{4,})\b/

const member = { insurer: '300', ziekenfonds: '306' }
const span = { from: day('2026-01-01'), to: day('2026-06-30') }
const corrected = [...correctionReasons, 'consequence'].map((because) =>
  personEvent('AffiliationWithdrawn', { affiliationId: ids.affiliation, ...member, because, corrects: [] } as never),
)
const waits = ['immigrationOffice', 'manualDecision'].map((waitingFor) =>
  personEvent('CapacityRequested', {
    ...{ capacityId: ids.capacity, affiliationId: ids.affiliation, capacity: 'RESIDENT', acquiredOn: span.from },
    ...{ ...member, requestedOn: span.from, waitingFor, evidence: [] },
  } as never),
)
const left = ['death', 'transfer', 'departure'].map((reason): PersonEvent => {
  const { data, ...event } = closed('2026-06-30')
  return { ...event, data: { ...data, reason } } as PersonEvent
})
const capacities = loadCapacities().open.flatMap(({ code: kind }) => [
  acquired(kind),
  capacityEnded(kind, '2026-06-30'),
])

test('no sentence of a history shows a code, in any language', () => {
  for (const event of [affiliated(), ...corrected, ...waits, ...left, ...capacities]) {
    const told = LANGUAGES.map((language) => describeEvent(event, language))
    expect(new Set(told).size).toBe(LANGUAGES.length)
    for (const text of told) {
      expect(text).not.toMatch(code)
      expect(text).not.toMatch(/[{}]|undefined/)
    }
  }
})

test('a sentence names the capacity, the reason and what is waited for in words', () => {
  expect(describeEvent(acquired('EMPLOYEE'), 'fr')).toContain(loadCapacities().at('EMPLOYEE').labels.fr)
  expect(describeEvent(closed('2026-06-30'), 'nl')).toContain('(vertrek)')
  expect(describeEvent(corrected[0]!, 'de')).toContain('(Schreibfehler)')
  expect(describeEvent(waits[0]!, 'en')).toContain('the Immigration Office')
})

test('the kept example of every event is told without a code', () => {
  const folder = new URL('../../fixtures/events/', import.meta.url)
  for (const file of readdirSync(folder)) {
    const type = file.split('.')[0] as PersonEvent['type']
    // of the other streams nothing is in the history of a person
    if (!Object.hasOwn(personEventSchemas, type)) continue
    const data = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    const event = { type, version: 1, data } as unknown as PersonEvent
    for (const language of LANGUAGES) expect(describeEvent(event, language)).not.toMatch(code)
  }
})
