import { hash, randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'
import type { Clock } from './clock.ts'
import { millisOf } from './instant.ts'

/** Our own namespace of name-based identifiers. Frozen: another value would give every derived id another value. */
export const ZIV_NAMESPACE = '9d3c6f0a-5b1e-5c7d-8f42-2a6b1e0c4d97'

interface Last {
  ms: number
  sequence: number
}

const lastOfClock = new WeakMap<Clock, Last>()
const lastOfMachine: Last = { ms: 0, sequence: 0 }

const RANDOM_SIZE = 16
// asking the system for a thousand at a time: one call each would be most of the time an identifier takes
const randomPool = Buffer.allocUnsafe(RANDOM_SIZE * 1_024)
let randomUsed = randomPool.length

function randomPart(): Uint8Array {
  if (randomUsed === randomPool.length) {
    randomFillSync(randomPool)
    randomUsed = 0
  }
  randomUsed += RANDOM_SIZE
  return randomPool.subarray(randomUsed - RANDOM_SIZE, randomUsed)
}

/** A time-ordered identifier (RFC 9562 version 7), of the machine's time or of the clock given; rises within a millisecond. */
export function uuidV7(clock?: Clock): string {
  const random = randomPart()
  const last = clock === undefined ? lastOfMachine : (lastOfClock.get(clock) ?? newLast(clock))
  // a clock of ours never goes back; the machine's may, and identifiers rise all the same
  const ms = clock === undefined ? Math.max(Date.now(), last.ms) : millisOf(clock.now())
  // the upper bit of a fresh sequence stays clear: two thousand million identifiers fit in one millisecond
  last.sequence = last.ms === ms ? last.sequence + 1 : randomPool.readUInt32BE(randomUsed - RANDOM_SIZE) >>> 1
  last.ms = ms
  return v7({ msecs: ms, seq: last.sequence, random })
}

function newLast(clock: Clock): Last {
  const last = { ms: 0, sequence: 0 }
  lastOfClock.set(clock, last)
  return last
}

let scratch = Buffer.allocUnsafe(1_024)
let scratchNamespace = ''

/**
 * The identifier that belongs to a name (version 5): the same name gives the same identifier for ever, so a retry is recognised.
 * Own code because every slip and every decision derives several: a quarter of the time of the library, which is equal to
 * it (`ids.spec.ts`).
 */
export function uuidV5(name: string, namespace: string = ZIV_NAMESPACE): string {
  const most = 16 + name.length * 3
  if (scratch.length < most) {
    scratch = Buffer.allocUnsafe(most * 2)
    scratchNamespace = ''
  }
  if (scratchNamespace !== namespace) {
    if (scratch.write(namespace.replaceAll('-', ''), 0, 16, 'hex') !== 16)
      throw new TypeError(`${namespace} is not a UUID`)
    scratchNamespace = namespace
  }
  const end = 16 + scratch.write(name, 16, 'utf8')
  const hex = hash('sha1', scratch.subarray(0, end), 'hex')
  const variant = '89ab'[Number.parseInt(hex[16] as string, 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
