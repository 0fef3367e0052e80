import { type Random, randomOf } from '@ziv/demo'
import type { Caller } from '@ziv/http'
import { type IsoDate, isoDate, makeInsz, makeRizivNumber, uuidV5 } from '@ziv/kernel'
import type { Sandbox } from '@ziv/sandbox'

/** Values of the law are known until here. */
export const LAST_DAY = isoDate('2026-06-30')

export const FUNDS = ['306', '501', '101', '128', '203', '403', '600'] as const

/** The care provider of every claim. */
export const provider = makeRizivNumber(100_001, 3)

/** Somebody of a history, as the caller of the APIs knows them. */
export interface Somebody {
  readonly personId: string
  readonly birthDate: IsoDate
  readonly ssin: string
  erased: boolean
}

/** One call of an API, as a step of a history sends it. */
export interface Sent {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  readonly body?: object | string
  readonly type?: string
  /** The fund whose clerk sends it; absent: anybody to whom the operation is open. */
  readonly by?: string
}

export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers of every API
  readonly json: any
  readonly text: string
}

/** A random history in the making: the same seed makes the same calls. */
export interface History {
  readonly seed: number
  readonly sandbox: Sandbox
  readonly random: Random
  readonly people: Somebody[]
  /** Whom steps are about that are sent at once; null: anybody. */
  about: Somebody | null
  /** What was done, one line per step, to read a failure by. */
  readonly told: string[]
  /** Sends a call, without a caller as the system; throws when the answer is no answer: above 499, or a refusal without its problem. */
  call(sent: Sent, caller?: Caller): Promise<Reply>
  /** A number that no call of this history had before. */
  next(): number
}

/** Begins a history of a seed in a sandbox of its own. */
export function historyOf(sandbox: Sandbox, seed: number): History {
  let serial = 0
  const next = (): number => {
    serial += 1
    return serial
  }
  const system: Caller = { subject: 'history', roles: ['system'] }
  const call = async ({ method = 'POST', url, body, type }: Sent, caller = system): Promise<Reply> => {
    const token = await sandbox.issuer.token(caller)
    const headers = {
      authorization: `Bearer ${token}`,
      'accept-language': 'en',
      ...(method === 'POST' ? { 'idempotency-key': uuidV5(`history/${seed}/${next()}`) } : {}),
      ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    }
    const answer = await sandbox.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) })
    const kind = String(answer.headers['content-type'] ?? '')
    const { statusCode: status } = answer
    if (status >= 500 || (status >= 400 && !kind.startsWith('application/problem+json')))
      throw new Error(`${method} ${url} ${JSON.stringify(body)} answered ${status} as ${kind}: ${answer.body}`)
    const json = kind.includes('json') && answer.body !== '' ? answer.json() : undefined
    return { status, json, text: answer.body }
  }
  return { seed, sandbox, random: randomOf(seed, 'history'), people: [], about: null, told: [], call, next }
}

/** An INSZ of somebody of this history. */
export const ssinOf = (birthDate: IsoDate, number: number): string => makeInsz(birthDate, number)

/** An INSZ that tells the year of birth alone: every other day of that year agrees with it. */
export function ssinOfYear(birthDate: IsoDate, number: number): string {
  const head = `${birthDate.slice(2, 4)}0000${String(number).padStart(3, '0')}`
  const base = Number(birthDate < '2000' ? head : `2${head}`)
  return `${head}${String(97 - (base % 97)).padStart(2, '0')}`
}

/** Posts what has to be accepted, and waits until every service knows of it. Throws with the refusal. */
export async function accepted(history: History, url: string, body: object): Promise<Reply['json']> {
  const { status, json } = await history.call({ url, body })
  if (status >= 300) throw new Error(`${url}: ${status} ${JSON.stringify(json)}`)
  await history.sandbox.idle()
  return json
}
