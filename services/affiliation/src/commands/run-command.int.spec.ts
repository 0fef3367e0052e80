import { createEventStore, WrongExpectedVersion } from '@ziv/event-store'
import { isoDate } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../context.ts'
import { factsOf } from '../domain/law-facts.ts'
import { personEvents } from '../domain/stored-events.ts'
import { clerkOf } from '../testing/clerk.ts'
import { startWorld, type World } from '../testing/world.ts'
import { type CommandRequest, runCommand } from './run-command.ts'

let world: World
let context: Context
beforeAll(async () => {
  world = await startWorld('2026-03-20')
  const { deps } = world
  context = { ...deps, store: createEventStore([personEvents]), facts: () => factsOf(deps.law, deps.clock) }
})
afterAll(() => world?.close())

const death = (personId: string, more: Partial<CommandRequest> = {}): CommandRequest => ({
  ...{ commandId: `spec/${personId}`, personId, command: { type: 'RecordDeath', diedOn: isoDate('2026-03-19') } },
  metadata: { actor: 'spec', correlationId: 'spec' },
  ...more,
})

test('a command on a version that is not the present one is refused, with both', async () => {
  const personId = await clerkOf(world).register()
  const stale = runCommand(context, death(personId, { expectedVersion: 7 }))
  await expect(stale).rejects.toMatchObject({ rejection: { code: 'streamMoved', params: { actual: 1, expected: 7 } } })
  expect(await runCommand(context, death(personId, { expectedVersion: 1 }))).toMatchObject({ version: 2 })
})

test('a stream that moves on at every attempt is left after five, with nothing stored', async () => {
  const personId = await clerkOf(world).register()
  let attempts = 0
  const moving: Context['store'] = {
    ...context.store,
    append: async () => {
      attempts += 1
      throw new WrongExpectedVersion(`person-${personId}`, attempts)
    },
  }
  const outcome = runCommand({ ...context, store: moving }, death(personId))
  await expect(outcome).rejects.toThrow(WrongExpectedVersion)
  expect(attempts).toBe(5)
  expect((await world.call('clerk306', 'GET', `/persons/${personId}`)).body.diedOn).toBeUndefined()
})
