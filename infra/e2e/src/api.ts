import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from '@ziv/http'
import { uuidV7 } from '@ziv/kernel'
import type { Sandbox } from '@ziv/sandbox'

export interface Answer<T> {
  readonly status: number
  readonly body: T
}

interface Sending {
  readonly type?: string
  readonly body: string | Uint8Array | object
}

/** The APIs of a sandbox over HTTP, as a caller of one role sees them. */
export interface Api {
  get<T>(path: string): Promise<T>
  /** Any answer, also a refusal. */
  send<T>(path: string, sending?: Sending): Promise<Answer<T>>
  /** An answer below 400; throws with the problem otherwise. */
  post<T>(path: string, body?: object | string | Uint8Array, type?: string): Promise<T>
  /** Reads a task again until it is done. */
  until<T>(path: string, done: (task: T) => boolean): Promise<T>
}

/** Long enough for a broker that is away for half a minute. */
const TASK_MS_MAX = 90_000

const contentOf = (body: Sending['body']): string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body)

/** Calls a sandbox as somebody. */
export function apiOf(sandbox: Sandbox, caller: Partial<Caller> & Pick<Caller, 'roles'>): Api {
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const token = await sandbox.issuer.token({ subject: caller.roles.join(), ...caller })
    const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en', ...init.headers }
    return fetch(`${sandbox.url}${path}`, { ...init, headers, redirect: 'manual' })
  }
  const checked = async <T>(path: string, response: Response): Promise<T> => {
    const text = await response.text()
    if (response.status >= 400) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 1_000)}`)
    return (text === '' ? {} : JSON.parse(text)) as T
  }
  const write = (path: string, { type = 'application/json', body }: Sending): Promise<Response> =>
    ask(path, {
      method: 'POST',
      body: contentOf(body),
      headers: { 'content-type': type, 'idempotency-key': uuidV7() },
    })
  const get = async <T>(path: string): Promise<T> => checked(path, await ask(path, {}))
  return {
    get,
    send: async (path, sending = { body: {} }) => {
      const response = await write(path, sending)
      return { status: response.status, body: (await response.json()) as never }
    },
    post: async (path, body = {}, type = 'application/json') => checked(path, await write(path, { body, type })),
    until: async (path, done) => {
      for (const end = performance.now() + TASK_MS_MAX; ; await sleep(25)) {
        const task = await get<never>(path)
        if (done(task)) return task
        if (performance.now() > end) throw new Error(`${path} is not done in time: ${JSON.stringify(task)}`)
      }
    },
  }
}

/** Text of an iterable of lines, as JSON Lines. */
export async function jsonLines(items: AsyncIterable<object> | Iterable<object>): Promise<string> {
  let text = ''
  for await (const item of items) text += `${JSON.stringify(item)}\n`
  return text
}

/** A generated file as one body. */
export async function textOf(chunks: AsyncIterable<string>): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for await (const chunk of chunks) parts.push(Buffer.from(chunk))
  return Buffer.concat(parts)
}
