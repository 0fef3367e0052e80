import { isDeepStrictEqual } from 'node:util'
import { serviceNames } from '@ziv/sandbox'
import { settledRows } from '../count-rows.ts'
import { systemOf, type Voice } from './callers.ts'
import type { History, Reply, Sent } from './history.ts'

/** A call that was sent, with who sent it and what was answered. */
export interface Sending {
  readonly sent: Sent
  readonly voice: Voice
  readonly reply: Reply
}

const problemOf = ({ json }: Reply): string => String(json?.type).split(':').at(-1) as string
const AUTHORITY = ['resourceNotFound', 'missingPermission', 'ofAnotherInsurer']
/** Facts of the person itself reach every fund. */
const PERSON_WIDE = /\/persons\/[^/]+\/(death|corrections|identifierReplacements|erasure)$/

const tell = ({ sent, voice, reply }: Sending): string =>
  `${JSON.stringify(voice)} sent ${sent.url} ${JSON.stringify(sent.body)} and was answered ${reply.status} ${reply.text}`

/** What the rows of all services were before a call that has to leave nothing behind. */
export type Rows = ReadonlyMap<string, number>

export const rowsNow = async ({ sandbox }: History): Promise<Rows> =>
  new Map([...(await settledRows(sandbox))].filter(([place]) => !place.includes('app_http.')))

/** Whether a call of this voice has to leave nothing behind, whatever it asks. */
export const hasNoSay = ({ standing }: Voice): boolean => standing === 'stranger' || standing === 'refusedRole'

/** A caller without a say gets the refusal that tells nothing: whoever says where somebody is a member tells it to everybody. */
function refusedRightly(sending: Sending): string[] {
  const { sent, voice, reply } = sending
  const expected: Partial<Record<Voice['standing'], readonly string[]>> = {
    refusedRole: ['missingPermission'],
    // what names the institution may be told that it is another's; about a person nothing is told
    stranger: /\/(affiliations|returns)$/.test(sent.url) ? ['missingPermission'] : ['resourceNotFound'],
  }
  const wanted = expected[voice.standing]
  if (wanted === undefined || (reply.status >= 400 && wanted.includes(problemOf(reply)))) return []
  return [`expected the refusal ${wanted}: ${tell(sending)}`]
}

/**
 * The own clerk is refused on authority only what reaches the days of another fund: the system, asked the same, either is refused for
 * the same reason or changes those days.
 */
async function allowedRightly(history: History, sending: Sending): Promise<string[]> {
  const { sent, voice, reply } = sending
  if (voice.standing !== 'own' || reply.status < 400 || !AUTHORITY.includes(problemOf(reply))) return []
  const system = systemOf(history)
  const again = await history.call(sent, system)
  history.told.push(`the same as ${system.subject} -> ${again.status}`)
  if (again.status >= 400)
    return problemOf(again) === problemOf(reply) ? [] : [`the system is refused ${again.text}: ${tell(sending)}`]
  const changed = await changesBy(history, [system.subject])
  if (
    problemOf(reply) === 'ofAnotherInsurer' &&
    changed.some(({ fund }) => fund !== null && fund !== voice.caller.ziekenfonds)
  )
    return []
  return [`the system may, and changes nothing of others: ${tell(sending)}`]
}

interface Changed {
  readonly type: string
  readonly actor: string
  readonly stream: string
  readonly fund: string | null
}

/** Everything that callers recorded, in all services, with the fund whose affiliation it changed. */
async function changesBy({ sandbox }: History, subjects: readonly string[]): Promise<readonly Changed[]> {
  const changes: Changed[] = []
  for (const name of serviceNames) {
    const { rows } = await sandbox.databases[name].query<Changed>(
      `select e.type, e.metadata->>'actor' as actor, e.stream_id as stream, (
          select opened.data->>'ziekenfonds' from es.events opened where opened.stream_id = e.stream_id
            and opened.type = 'AffiliationOpened' and opened.data->>'affiliationId' = e.data->>'affiliationId') as fund
         from es.events e where e.metadata->>'actor' = any($1::text[])`,
      [subjects],
    )
    changes.push(...rows)
  }
  return changes
}

/** Judges answers as soon as they are there. What was sent at once with others may have changed whose the person is. */
export async function judgeAnswers(history: History, sendings: readonly Sending[]): Promise<string[]> {
  const wrong = sendings
    .filter(({ voice }) => voice.standing === 'refusedRole' || sendings.length === 1)
    .flatMap(refusedRightly)
  if (sendings.length === 1) wrong.push(...(await allowedRightly(history, sendings[0]!)))
  return wrong
}

/** Judges what is recorded when the world has come to rest: refused calls left nothing, and a clerk changed days of the own fund only. */
export async function judgeRecords(
  history: History,
  sendings: readonly Sending[],
  before: Rows | null,
): Promise<string[]> {
  const wrong: string[] = []
  const changes = await changesBy(
    history,
    sendings.map(({ voice }) => voice.caller.subject),
  )
  for (const sending of sendings) {
    const { sent, voice, reply } = sending
    const own = changes.filter(({ actor }) => actor === voice.caller.subject)
    if (reply.status >= 400 && own.length > 0) wrong.push(`left ${JSON.stringify(own)} behind: ${tell(sending)}`)
    const { ziekenfonds } = voice.caller
    if (ziekenfonds === undefined || PERSON_WIDE.test(sent.url)) continue
    const ofOthers = own.filter(({ fund }) => fund !== null && fund !== ziekenfonds)
    if (ofOthers.length > 0) wrong.push(`changed days of others, ${JSON.stringify(ofOthers)}: ${tell(sending)}`)
  }
  if (before !== null) {
    const after = await rowsNow(history)
    const grown = [...after].filter(([place, count]) => before.get(place) !== count)
    if (!isDeepStrictEqual(before, after)) wrong.push(`left rows in ${JSON.stringify(grown)}: ${sendings.map(tell)}`)
  }
  return wrong
}
