import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventData, EventDefinitions } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { hosted, serviceNames } from './services.ts'

/** Names of the examples that the definitions ask for: one per type and version. */
const wanted = (events: readonly EventDefinitions[]): string[] =>
  events.flatMap(({ versions }) =>
    [...versions].flatMap(([type, schemas]) => schemas.map((_schema, index) => `${type}.v${index + 1}.json`)),
  )

test.for(serviceNames)('every event of %s has a frozen example of every version, and there is no other', (name) => {
  const { events, fixtures } = hosted[name]
  expect(wanted(events).length).toBeGreaterThan(0)
  expect(readdirSync(fixtures).sort()).toEqual(wanted(events).sort())
})

test.for(serviceNames)('every frozen event of %s is read as it was written, and in every later version', (name) => {
  const { events, fixtures } = hosted[name]
  for (const { versions, upcasters } of events) {
    for (const [type, schemas] of versions) {
      for (const [index, schema] of schemas.entries()) {
        const frozen = JSON.parse(readFileSync(join(fixtures, `${type}.v${index + 1}.json`), 'utf8')) as EventData
        expect(schema.parse(frozen)).toEqual(frozen)
        let data = frozen
        for (let version = index + 1; version < schemas.length; version++) {
          data = upcasters[type]![version]!(data)
          expect(schemas[version]!.parse(data)).toEqual(data)
        }
      }
    }
  }
})
