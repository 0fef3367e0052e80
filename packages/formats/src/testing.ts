import fc from 'fast-check'

/** All items of a stream. */
export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}

/** All text of a stream. */
export async function joined(source: AsyncIterable<string>): Promise<string> {
  return (await collect(source)).join('')
}

/** A file as a stream of chunks of a given size. */
export async function* text(file: string | Uint8Array, chunk = 65_536): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(file as Uint8Array)
  for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
}

type Mutation = (file: Buffer) => Buffer

/** Random damage of a file of that length: bytes changed, removed, inserted, repeated, or the file cut off. */
export function mutations(length: number): fc.Arbitrary<Mutation> {
  const place = fc.nat(Math.max(0, length - 1))
  const change: fc.Arbitrary<Mutation> = fc.oneof(
    fc.tuple(place, fc.nat(255)).map(([at, byte]) => (file: Buffer) => {
      const copy = Buffer.from(file)
      if (at < copy.length) copy[at] = byte
      return copy
    }),
    place.map((at) => (file: Buffer) => file.subarray(0, at)),
    fc.tuple(place, fc.nat(400)).map(
      ([at, count]) =>
        (file: Buffer) =>
          Buffer.concat([file.subarray(0, at), file.subarray(at + count)]),
    ),
    fc.tuple(place, fc.uint8Array({ maxLength: 20 })).map(
      ([at, bytes]) =>
        (file: Buffer) =>
          Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)]),
    ),
    fc.tuple(place, fc.nat(800)).map(
      ([at, count]) =>
        (file: Buffer) =>
          Buffer.concat([file.subarray(0, at + count), file.subarray(at)]),
    ),
  )
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => (file: Buffer) => changes.reduce((bytes, mutate) => mutate(bytes), file))
}
