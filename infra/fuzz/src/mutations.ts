import type { Random } from '@ziv/demo'
import { isNode } from './values.ts'

/** Texts that break careless code. */
export const hostileTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202eabc',
  '👩‍👩‍👧‍👦',
  "'; drop table es.events; --",
  '%00%0a%0d',
  '../../../etc/passwd',
  '{{constructor.constructor("x")()}}',
  `$\{jndi:ldap://x}`,
  'null',
  'NaN',
  '9'.repeat(400),
  'x'.repeat(100_000),
  '0001-01-01',
  '9999-12-31',
  '2023-02-30',
  '+275760-09-13',
  '-000001-01-01',
  '9999-12-31T23:59:59.999Z',
  '0000-00-00T00:00:00.000Z',
  '2023Q5',
  '0000Q1',
  '9999Q4',
  '9999-12',
  '000',
  '999',
  '85073003328',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
] as const

const hostileValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  -0,
  1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 60,
  2_147_483_648,
  32_768,
  [],
  {},
  [[]],
  [null],
  { '': '' },
  { constructor: { prototype: {} } },
]

type Place = { readonly parent: Record<string, unknown> | unknown[]; readonly key: string | number }

function* placesIn(value: unknown): Generator<Place> {
  if (Array.isArray(value)) {
    for (const [key, each] of value.entries()) {
      yield { parent: value, key }
      yield* placesIn(each)
    }
  } else if (isNode(value)) {
    for (const [key, each] of Object.entries(value)) {
      yield { parent: value as Record<string, unknown>, key }
      yield* placesIn(each)
    }
  }
}

const nested = (depth: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** A body like the valid one, wrong in one or two places; sometimes wrong as a whole. */
export function mutateBody(valid: unknown, random: Random): unknown {
  if (random.chance(0.08)) return random.pick<unknown>([null, [], {}, 'text', 7, true, nested(60), [valid]])
  const body = structuredClone(valid)
  const times = random.int(1, 2)
  for (let time = 0; time < times; time += 1) mutateOnce(body, random)
  return body
}

function mutateOnce(body: unknown, random: Random): void {
  const places = [...placesIn(body)]
  if (places.length === 0 || random.chance(0.1)) {
    if (isNode(body)) (body as Record<string, unknown>)[random.pick(['unknown', 'Ssin', 'nickname', ' '])] = 1
    return
  }
  const { parent, key } = random.pick(places)
  const slot = parent as Record<string | number, unknown>
  const before = slot[key]
  const kind = random.int(0, 6)
  if (kind === 0 && !Array.isArray(parent)) delete slot[key]
  else if (kind === 1) slot[key] = random.pick(hostileValues)
  else if (kind === 2) slot[key] = nested(random.int(2, 200))
  else if (kind === 3 && typeof before === 'number') slot[key] = random.pick([-before, before * 1e12, before + 0.01])
  else if (kind === 4 && Array.isArray(before)) slot[key] = Array.from({ length: 2_000 }, () => before[0] ?? null)
  else if (kind === 5 && typeof before === 'string')
    slot[key] = before.slice(0, -1) + random.pick(['', 'x', '0', '\u0000'])
  else slot[key] = random.pick(hostileTexts)
}

/** Bytes of a body spoiled: cut off, not UTF-8, doubled keys, several values, far too deep. */
export function spoil(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text)
  const cut = random.int(0, bytes.length)
  return random.pick([
    () => bytes.subarray(0, cut),
    () => Buffer.concat([bytes.subarray(0, cut), Buffer.from([0xff, 0xfe, 0x00]), bytes.subarray(cut)]),
    () => Buffer.from(text.replace(/^\{/, '{"a":1,"a":2,')),
    () => Buffer.from(`${text}${text}`),
    () => Buffer.from('['.repeat(50_000)),
    () => Buffer.from(`\ufeff${text}`, 'utf16le'),
    () => Buffer.from(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
    () => Buffer.alloc(random.int(1, 4_096), random.int(0, 255)),
    () => Buffer.concat([bytes, Buffer.alloc(1_100_000, 0x20)]),
  ])()
}

/** Headers that a careless client or a hostile one sends. */
export function hostileHeaders(random: Random): Record<string, string | string[]> {
  return random.pick<() => Record<string, string | string[]>>([
    () => ({
      'content-type': random.pick(['text/plain', 'application/xml', 'nonsense', 'application/json;charset=utf-16']),
    }),
    () => ({ 'content-encoding': random.pick(['gzip', 'br', 'x']) }),
    () => ({ 'idempotency-key': random.pick(['x', 'a b c d e f g h', 'k'.repeat(4_000), '\u00e9'.repeat(10)]) }),
    () => ({ 'idempotency-key': ['first-key-of-two', 'second-key-of-two'] }),
    () => ({ 'if-match': random.pick(['"x"', '1', '*', 'W/"1"', '"99999999999999999999"', '"-1"', '"1","2"']) }),
    () => ({ 'accept-language': random.pick(['', '*', 'xx-yy;q=9', ','.repeat(500), 'nl;q=nan']) }),
    () => ({ accept: random.pick(['application/xml', '*', ';', 'text/csv', 'application/json;q=0']) }),
    () => ({ traceparent: random.pick(['00', 'x'.repeat(5_000), '00-0-0-00']) }),
    () => ({ 'content-length': random.pick(['-1', '0', '999', 'x']) }),
    () => ({ 'belgov-trace-id': 'x'.repeat(3_000) }),
    () => ({ 'last-event-id': '\u00ff'.repeat(50) }),
  ])()
}
