import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventStoreMigrations } from '@ziv/event-store'
import { fixedClock, instant, isoDate } from '@ziv/kernel'
import type { IncomingMessage, OutgoingMessage } from '@ziv/messaging'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addNote } from './anchor-file.ts'
import { topicHolds } from './anchor-proofs.ts'
import { ownChain } from './anchor-topic.ts'
import { openAnchors } from './anchors.ts'
import { anchorKey } from './signed-file.ts'

/** A topic in memory that a spec may change behind the back of the notes. */
class TopicInMemory {
  messages: OutgoingMessage[] = []
  broken = false
  readonly producer = async () => ({
    send: async (messages: readonly OutgoingMessage[]) => {
      if (this.broken) throw new Error('no broker')
      this.messages.push(...messages)
    },
    close: async () => undefined,
  })
  readonly read = async (_about: unknown, onBatch: (messages: readonly IncomingMessage[]) => Promise<void>) => {
    await onBatch(this.messages.map((message, at) => ({ ...message, partition: 0, offset: String(at) })))
    return null as never
  }
}

let folder = ''
let test: TestDatabase
let topic: TopicInMemory
let told: string[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-anchors-'))
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
  topic = new TopicInMemory()
  told = []
})
afterEach(async () => {
  await test.drop()
  await rm(folder, { recursive: true })
})

const clock = { ...fixedClock(instant('2026-03-01T10:00:00.000Z')), today: () => isoDate('2024-03-01') }

async function opened() {
  const file = join(folder, 'anchors.jsonl')
  const key = await anchorKey(join(folder, 'anchor.pem'))
  const tell = (about: { readonly problem?: string; readonly notes?: number }, words: string) =>
    void told.push(`${about.problem ?? about.notes}: ${words}`)
  const logger = { warn: tell, error: tell } as unknown as Parameters<typeof openAnchors>[0]['logger']
  const anchored = { file, key, databases: { counter: test.database }, clock, driver: topic, chain: ownChain, logger }
  // a log that grows without events: what a note holds is no matter here
  const addLine = () => addNote(file, key, { businessDate: clock.today(), notedAt: clock.now(), logs: {} })
  return { ...anchored, anchors: openAnchors(anchored), addLine, holds: () => topicHolds(anchored) }
}

const linesOf = async (file: string) => (await readFile(file, 'utf8')).trimEnd().split('\n')

/** Three notes that the topic took, as a run left them that has ended. */
async function three() {
  const run = await opened()
  await run.anchors.note()
  for (let more = 0; more < 2; more += 1) {
    await run.addLine()
    await run.anchors.note()
  }
  expect(topic.messages).toHaveLength(3)
  told = []
  return run
}

it('says that there is no note where there is none', async () => {
  const { holds } = await opened()
  expect(await holds()).toMatchObject({ ok: false, detail: expect.stringContaining('no note was made') })
})

it('sends at the next start what a crash kept back, and says how much', async () => {
  const run = await three()
  topic.broken = true
  await run.addLine()
  await expect(run.anchors.note()).rejects.toThrow('no broker')
  topic.broken = false
  expect(await run.holds()).toMatchObject({
    ok: false,
    detail: expect.stringContaining('note 4 of the files was not sent yet'),
  })
  await (await opened()).anchors.note()
  expect(told.at(-1)).toBe('1: notes that an earlier run wrote and did not send are sent now')
  expect(await run.holds()).toMatchObject({ ok: true, examined: 4 })
})

it('looks again at a note that is on its way, before it says that it was not sent', async () => {
  const run = await three()
  topic.broken = true
  await run.addLine()
  await expect(run.anchors.note()).rejects.toThrow('no broker')
  topic.broken = false
  const [finding] = await Promise.all([run.holds(), sleep(100).then(async () => (await opened()).anchors.note())])
  expect(finding).toMatchObject({ ok: true, examined: 4 })
})

it.for([
  { what: 'emptied', left: 0 },
  { what: 'cut at its end', left: 2 },
])('tells of a topic that was $what, and does not refill it without being told to', async ({ left }) => {
  const run = await three()
  topic.messages.splice(left)
  const next = await opened()
  await next.anchors.note()
  const words = `from note ${left + 1} on, ${3 - left} notes that were sent are not in the topic any more`
  expect(told.at(-1)).toContain(words)
  expect(topic.messages).toHaveLength(left)
  expect(await run.holds()).toMatchObject({ ok: false, detail: expect.stringContaining(words) })
  expect(await next.anchors.sendAgain()).toBe(3 - left)
  expect(await run.holds()).toMatchObject({ ok: true, examined: 3 })
  await expect(next.anchors.sendAgain()).resolves.toBe(0)
})

it('knows without its file of what was sent that all but the last note were', async () => {
  const run = await three()
  await rm(join(folder, 'anchors.sent'))
  topic.messages.splice(1)
  expect(await run.holds()).toMatchObject({ ok: false, detail: expect.stringContaining('from note 2 on, 1 notes') })
})

it('adds no note to a topic or a file that was changed while it runs', async () => {
  const run = await three()
  topic.messages = topic.messages.toSpliced(1, 1)
  await run.anchors.note()
  expect(told.at(-1)).toContain('notes were taken out of one of them')
  expect(topic.messages).toHaveLength(2)
  // both of them emptied, and what says how many there were is gone
  await writeFile(run.file, '')
  await rm(join(folder, 'anchors.sent'))
  topic.messages = []
  await run.anchors.note()
  expect(told.at(-1)).toContain('note 1 that this process wrote stands no more in its file')
  expect([await readFile(run.file, 'utf8'), topic.messages]).toEqual(['', []])
})

it('tells of a file and a topic that were cut at one place', async () => {
  const run = await three()
  await writeFile(run.file, `${(await linesOf(run.file)).slice(0, 2).join('\n')}\n`)
  topic.messages.splice(2)
  const detail = '3 notes were sent and the files hold 2: the end of a file was cut off'
  expect(await run.holds()).toMatchObject({ ok: false, detail })
})

it('sends no line of an older file that this installation did not sign', async () => {
  const run = await three()
  const aside = join(folder, 'anchors-2024-03-01.jsonl')
  await rename(run.file, aside)
  topic.messages = []
  await rm(join(folder, 'anchors.sent'))
  const lines = await linesOf(aside)
  await writeFile(aside, `${lines.with(1, lines[1]!.replace('2024-03-01', '2024-03-02')).join('\n')}\n`)
  const next = await opened()
  await next.anchors.note()
  expect(told.at(-1)).toContain('anchors-2024-03-01.jsonl: note 2 has not the signature of this installation')
  expect(topic.messages).toEqual([])
  await expect(next.anchors.sendAgain()).rejects.toThrow('has not the signature')
  expect(await next.holds()).toMatchObject({ ok: false })
})
