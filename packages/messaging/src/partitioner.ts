const multiplier = 0x5bd1e995
const seed = 0x9747b28c
const rotation = 24

const load = (data: Buffer, at: number): number =>
  (data[at]! & 0xff) | ((data[at + 1]! & 0xff) << 8) | ((data[at + 2]! & 0xff) << 16) | ((data[at + 3]! & 0xff) << 24)

/** The murmur2 of Kafka's own default partitioner, as a signed 32-bit number. */
function murmur2(data: Buffer): number {
  const length = data.length
  let h = seed ^ length
  const words = length >> 2
  for (let i = 0; i < words; i++) {
    let k = Math.imul(load(data, i << 2), multiplier)
    k ^= k >>> rotation
    h = Math.imul(h, multiplier) ^ Math.imul(k, multiplier)
  }
  const tail = words << 2
  const left = length - tail
  if (left >= 3) h ^= (data[tail + 2]! & 0xff) << 16
  if (left >= 2) h ^= (data[tail + 1]! & 0xff) << 8
  if (left >= 1) h = Math.imul(h ^ (data[tail]! & 0xff), multiplier)
  h ^= h >>> 13
  h = Math.imul(h, multiplier)
  return h ^ (h >>> 15)
}

/**
 * The partition of a key, the same in every driver and in Kafka's own clients: murmur2 without its sign bit, modulo the
 * number of partitions. With a power of two every client in use agrees, whatever it does with the sign.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions
}
