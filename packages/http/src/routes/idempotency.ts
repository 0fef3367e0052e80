import { createHmac, type Hmac } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { uuidV5, uuidV7 } from '@ziv/kernel'
import type { Database, Queryable } from '@ziv/postgres'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { markChecked } from '../auth/tenancy.ts'
import { badRequest, problem } from '../problems/problem-error.ts'

/** What a handler answers; it is kept and given again, so its body holds identifiers and never names or an INSZ. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

export interface IdempotencyOptions {
  readonly database: Database
  /** How long a running request keeps others waiting before its repetition takes over, in ms. Default 60 s. */
  readonly leaseMs?: number
  /** How long a repetition waits for the first before it gets 409, in ms. Default 10 s. */
  readonly patienceMs?: number
}

interface Row {
  readonly request: Buffer
  readonly content: Buffer | null
  readonly state: 'processing' | 'done'
  readonly taken: boolean
  readonly term: number
  readonly status: number | null
  readonly headers: Record<string, string> | null
  readonly body: string | null
}

const keyPattern = /^[\x21-\x7e]{8,128}$/

const invalidKey = {
  nl: 'een Idempotency-Key heeft 8 tot 128 zichtbare tekens; neem een UUID',
  fr: 'une Idempotency-Key compte 8 à 128 caractères visibles; prenez un UUID',
  de: 'ein Idempotency-Key hat 8 bis 128 sichtbare Zeichen; nehmen Sie eine UUID',
  en: 'an Idempotency-Key has 8 to 128 visible characters; take a UUID',
} as const

/** The Idempotency-Key of a request, or null. Malformed: 400. */
function idempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && keyPattern.test(key)) return key
  throw badRequest({ type: 'schemaViolation', in: 'header', name: 'Idempotency-Key', detail: invalidKey })
}

/**
 * The id that every id of the command derives from (`uuidV5('capacity', commandId(request))`): the same for a repeated
 * request, so that a repetition after a crash writes nothing twice. Without a key it is new each time.
 */
export function commandId(request: FastifyRequest): string {
  const key = idempotencyKey(request)
  return key === null ? uuidV7() : uuidV5(`${request.caller.subject}\n${request.method} ${request.url}\n${key}`)
}

/**
 * Digest of the request for the metadata of what it stores: under the same Idempotency-Key another request has another one.
 * Keyed with the key, which nobody keeps, so that the request cannot be guessed back from it. Without a key undefined.
 */
export function requestDigest(request: FastifyRequest): string | undefined {
  const key = idempotencyKey(request)
  return key === null ? undefined : fingerprintOf(request, key).toString('base64url')
}

const fingerprintOf = (request: FastifyRequest, key: string): Buffer => {
  const body = request.body instanceof Readable ? 'stream' : JSON.stringify(request.body ?? null)
  return keyed(key, `${request.method} ${request.url}\n${body}`)
}

/**
 * Runs a write at most once per caller and Idempotency-Key. Same key and same request: the same answer again. Same key
 * and another request, also another file: 409 idempotencyKeyReused. Two at the same moment: one runs, the other waits for its answer (409
 * requestInProgress when that takes too long). A refused or failed run is not kept: its repetition decides anew.
 * Without a key the work just runs.
 */
export async function idempotent(
  request: FastifyRequest,
  reply: FastifyReply,
  options: IdempotencyOptions,
  work: () => Promise<Answer>,
): Promise<FastifyReply> {
  const key = idempotencyKey(request)
  if (key === null) return send(reply, await work())
  const digest = keyed(key, `${request.caller.subject}`)
  const fingerprint = fingerprintOf(request, key)
  const content = request.body instanceof Readable ? hashContent(request, key) : null
  const row = await claimOrWait(options, digest, fingerprint)
  if (row.state === 'done') {
    if (row.content !== null && !row.content.equals((await content?.()) ?? fingerprint)) {
      throw problem('idempotencyKeyReused')
    }
    // the answer passed its tenant check when it was given to this same caller
    markChecked(request.caller)
    const kept = row.body === null ? {} : { body: JSON.parse(row.body) as object }
    return send(reply, { status: row.status as Answer['status'], headers: row.headers ?? {}, ...kept })
  }
  try {
    const answer = inItsLanguage(request, await work())
    await keep(options.database, digest, { term: row.term, answer, content: (await content?.()) ?? null })
    return send(reply, answer)
  } catch (error) {
    // when this fails too, the lease runs out by itself; the first error is the one to tell
    await release(options.database, digest, row.term).catch(() => undefined)
    // the answer of the first was kept for a day only, what it stored for good
    if (isReused(error)) throw problem('idempotencyKeyReused')
    throw error
  }
}

/** The answer with the language of its words: who gets it again may have asked for another. */
const inItsLanguage = ({ wordsIn }: FastifyRequest, answer: Answer): Answer =>
  wordsIn === null ? answer : { ...answer, headers: { ...answer.headers, 'Content-Language': wordsIn } }

const isReused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EVENT_STORE_COMMAND_ID_REUSED'

/** Hashes a streamed body while the work reads it; the function given back reads what is left and tells the digest of all. */
function hashContent(request: FastifyRequest, key: string): () => Promise<Buffer> {
  const hash = createHmac('sha256', key)
  const body = Readable.from(passing(request.body as Readable, hash), { objectMode: false })
  // an upload that breaks off before the work reads it has nobody else to tell
  body.on('error', () => undefined)
  request.body = body
  return async () => {
    if (!body.readableEnded && !body.destroyed) for await (const _ of body);
    return hash.digest()
  }
}

async function* passing(source: Readable, hash: Hmac): AsyncGenerator<Uint8Array> {
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    hash.update(chunk)
    yield chunk
  }
}

/** Removes answers older than this many hours (default 24), at most `limit` at a time; gives how many went. */
export async function purgeIdempotency(q: Queryable, hours = 24, limit = 5_000): Promise<number> {
  const gone = await q.query(
    `delete from app_http.idempotency where key_digest in (
       select key_digest from app_http.idempotency
        where created_at < clock_timestamp() - make_interval(hours => $1) order by created_at limit $2)`,
    [hours, limit],
  )
  return gone.rowCount ?? 0
}

// keyed with what the client made up and we do not keep: the digests cannot be guessed back
const keyed = (key: string, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest()

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  return reply
    .code(status)
    .headers({ ...headers })
    .send(body)
}

async function claimOrWait(options: IdempotencyOptions, digest: Buffer, fingerprint: Buffer): Promise<Row> {
  const { database, leaseMs = 60_000, patienceMs = 10_000 } = options
  const deadline = performance.now() + patienceMs
  for (let waitMs = 10; ; waitMs = Math.min(waitMs * 2, 200)) {
    const row = await claim(database, digest, fingerprint, leaseMs)
    if (row !== undefined) {
      if (!row.request.equals(fingerprint)) throw problem('idempotencyKeyReused')
      if (row.taken || row.state === 'done') return row
    }
    if (performance.now() >= deadline) throw problem('requestInProgress', 409, { headers: { 'Retry-After': '5' } })
    await pause(waitMs)
  }
}

/** Takes the key when it is new or its holder died; otherwise tells what is there. */
async function claim(
  database: Database,
  digest: Buffer,
  fingerprint: Buffer,
  leaseMs: number,
): Promise<Row | undefined> {
  const { rows } = await database.query<Row>({
    name: 'http-idempotency-claim',
    text: `with taken as (
             insert into app_http.idempotency as i (key_digest, request, state, lease_until)
             values ($1, $2, 'processing', clock_timestamp() + $3::int * interval '1 millisecond')
             on conflict (key_digest) do update set lease_until = excluded.lease_until, term = i.term + 1
               where i.state = 'processing' and i.lease_until < clock_timestamp() and i.request = excluded.request
             returning request, content, state, true as taken, term, status, headers, body)
           select * from taken
           union all
           select request, content, state, false, term, status, headers, body from app_http.idempotency
            where key_digest = $1 and not exists (select from taken)`,
    values: [digest, fingerprint, leaseMs],
  })
  return rows[0]
}

async function keep(
  database: Database,
  digest: Buffer,
  { term, answer, content }: { readonly term: number; readonly answer: Answer; readonly content: Buffer | null },
): Promise<void> {
  const body = answer.body === undefined ? null : JSON.stringify(answer.body)
  await database.query({
    name: 'http-idempotency-keep',
    text: `update app_http.idempotency set state = 'done', status = $3, headers = $4, body = $5, content = $6
            where key_digest = $1 and term = $2`,
    values: [digest, term, answer.status, JSON.stringify(answer.headers ?? {}), body, content],
  })
}

async function release(database: Database, digest: Buffer, term: number): Promise<void> {
  await database.query(
    `delete from app_http.idempotency where key_digest = $1 and term = $2 and state = 'processing'`,
    [digest, term],
  )
}
