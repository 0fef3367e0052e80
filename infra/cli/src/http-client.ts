import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Role } from '@ziv/http'
import { assertDataFolder, sandboxSecrets } from '@ziv/sandbox'

export interface ApiTarget {
  readonly url: string
  readonly data: string
}

interface Problem {
  readonly title?: string
  readonly detail?: string
  readonly issues?: readonly { readonly name?: string; readonly detail?: string }[]
}

/** Calls the running sandbox with a token of its own issuer. A problem document becomes a readable error. */
export class ApiClient {
  readonly #target: ApiTarget
  readonly #roles: readonly Role[]
  constructor(target: ApiTarget, roles: readonly Role[]) {
    this.#target = target
    this.#roles = roles
  }

  async call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Response> {
    return this.#send(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  }

  /** Uploads a file as a stream: its size does not matter. */
  async upload(path: string, file: string, contentType: string): Promise<Response> {
    const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>
    return this.#send(path, { method: 'POST', body, duplex: 'half', headers: { 'content-type': contentType } })
  }

  async #send(path: string, init: RequestInit & { duplex?: 'half' }): Promise<Response> {
    assertDataFolder(this.#target.data)
    const { issuer } = await sandboxSecrets(this.#target.data)
    const token = await issuer.token({ subject: 'ziv-cli', roles: [...this.#roles] })
    const headers = {
      ...(init.headers as Record<string, string> | undefined),
      authorization: `Bearer ${token}`,
      'accept-language': 'en',
    }
    const response = await fetch(`${this.#target.url}${path}`, { ...init, headers, redirect: 'manual' }).catch(
      (error: Error) => {
        throw error.cause instanceof Error ? error.cause : error
      },
    )
    if (response.status < 400) return response
    throw new Error(await problemText(response))
  }
}

async function problemText(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as Problem
  const issues = (problem.issues ?? []).map(({ name, detail }) => `\n  ${name ?? ''}: ${detail ?? ''}`).join('')
  return `${response.status} ${problem.title ?? ''}: ${problem.detail ?? ''}${issues}`
}
