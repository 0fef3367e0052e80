import type { SyntheticPerson } from '@ziv/demo'
import { isoDate } from '@ziv/kernel'
import { privacyMigrations } from '@ziv/privacy'
import { rights } from '@ziv/rights'
import { deliver, membershipOf, peopleOf, settledYear } from './people.ts'
import { depsOf } from './service-deps.ts'
import { type FrozenDatabase, serviceMigrations, type World } from './world.ts'

export interface RightsWorld {
  readonly frozen: FrozenDatabase
  readonly people: readonly SyntheticPerson[]
}

const worlds = new WeakMap<World, Map<number, Promise<RightsWorld>>>()

/** A rights service that knows this many persons and decided up to 2024, frozen to be copied. Made once per size. */
export function frozenRights(world: World, persons: number): Promise<RightsWorld> {
  const known = worlds.get(world) ?? new Map<number, Promise<RightsWorld>>()
  worlds.set(world, known)
  const made = known.get(persons) ?? makeRights(world, persons)
  known.set(persons, made)
  return made
}

async function makeRights(world: World, persons: number): Promise<RightsWorld> {
  const keys = await world.database([privacyMigrations], 2)
  const own = await world.database([...serviceMigrations, rights.migrations])
  const { deps, vault } = depsOf(own.database, keys.database, isoDate('2024-06-03'))
  const module = await rights.create(deps)
  const people = peopleOf(persons)
  const recordedAt = '2022-01-03T10:00:00.000Z'
  const events = people.flatMap((person) => [
    ...membershipOf(person, vault.blindIndex('insz', person.insz), recordedAt),
    ...[2021, 2022, 2023].flatMap((year) => settledYear(person, year, '2024-03-01T10:00:00.000Z')),
  ])
  await deliver(vault, own.database, module.consumers[0]!, events)
  await module.stop()
  await keys.drop()
  return { frozen: await world.freeze(own), people }
}
