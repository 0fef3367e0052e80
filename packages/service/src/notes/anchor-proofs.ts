import { setTimeout as sleep } from 'node:timers/promises'
import { EMPTY_LOG, extendDigest, type LogDigest } from '@ziv/event-store'
import type { Database, KeyRange } from '@ziv/postgres'
import { type RangedProof, rangedProof, within } from '../proofs/proof.ts'
import { addTallies, namesOf, naming, told } from '../proofs/tally.ts'
import type { Finding } from '../types.ts'
import { readNotes } from './anchor-file.ts'
import { notesTopic } from './anchor-topic.ts'
import { type Anchored, type Looked, standingOf } from './anchors.ts'

/** Whether every log still holds what was noted, note by note; a range is a log. */
export function logsProof({ file, key, databases }: Pick<Anchored, 'file' | 'key' | 'databases'>): RangedProof {
  const names = Object.keys(databases)
  return rangedProof({
    name: 'notes of the logs',
    database: databases[names[0]!]!,
    keys: { sql: 'select unnest($1::text[]) as key', values: [names] },
    perRange: 1,
    there: async () => names.length,
    prove: async (_tx, range: KeyRange) => {
      const { notes, problem } = await readNotes(file, key)
      const broken: string[] = []
      for (const name of names.filter((one) => within(one, range))) {
        const difference = await firstDifference(databases[name]!, (at) => notes[at]?.logs[name])
        if (difference !== null) broken.push(`${name}: ${difference}`)
      }
      const newest = notes.at(-1)
      return {
        broken: namesOf(broken),
        file: { problem, notes: notes.length, businessDate: newest?.businessDate ?? null },
      }
    },
    conclude: (results) => {
      const { broken } = addTallies(results.map((result) => ({ broken: result.broken })))
      const { problem, notes, businessDate } = results[0]!.file
      const differ = [...(problem === null ? [] : [problem]), ...(broken.count === 0 ? [] : [told(broken, 10, '; ')])]
      return [
        {
          check: 'logs hold what was noted outside the databases',
          ok: differ.length === 0 && notes > 0,
          examined: notes,
          detail:
            differ.length > 0
              ? differ.join('; ')
              : businessDate === null
                ? 'no note was made: the first one is made at a start'
                : `${notes} signed notes hold, the last of business date ${businessDate}`,
          ...naming(broken),
        },
      ]
    },
  })
}

/** Goes through the log once, and stops at the first note it does not agree with. */
async function firstDifference(
  database: Database,
  noteAt: (place: number) => LogDigest | undefined,
): Promise<string | null> {
  let found = EMPTY_LOG
  for (let place = 0; ; place += 1) {
    const noted = noteAt(place)
    if (noted === undefined) return null
    found = await extendDigest(database, found, noted.to)
    if (found.events === noted.events && found.digest === noted.digest) continue
    const missing = noted.events - found.events
    const what =
      missing === 0
        ? 'events were changed'
        : missing > 0
          ? `${missing} events are gone`
          : `${-missing} events were put in`
    return `${what} before position ${noted.to.position}, between note ${place} and note ${place + 1}`
  }
}

/** Waits in ms before further looks: a note that is made meanwhile is written first and sent then. */
const FURTHER_LOOKS = [250, 1_000]

/** Whether the topic holds the notes of the files, all of them and no others; what differs is looked at again before it is told. */
export async function topicHolds(anchored: Looked): Promise<Finding> {
  let found = await heldNow(anchored)
  for (const waitMs of FURTHER_LOOKS) {
    if (found.ok || found.examined === 0) break
    await sleep(waitMs)
    found = await heldNow(anchored)
  }
  return found
}

async function heldNow(anchored: Looked): Promise<Finding> {
  const { lines, published, problem } = await standingOf(anchored)
  const none = 'no note was made, in no file and not in the topic: the first one is made at a start'
  const unsent = `note ${published + 1} of the files was not sent yet: the next start sends it`
  const wrong = problem ?? (lines.length > published ? unsent : published === 0 ? none : null)
  return {
    check: 'notes in the topic are those of the file',
    ok: wrong === null,
    examined: published,
    detail: wrong ?? `${published} notes are in ${notesTopic} as they were signed`,
  }
}
