import { createSocket } from 'node:dgram'
import { once } from 'node:events'

const HEADER_BYTES = 12
const TYPE_A = 1
const NAME_ERROR = 3

interface Question {
  readonly name: string
  readonly type: number
  /** First byte after the question. */
  readonly end: number
}

function questionOf(message: Buffer): Question {
  const labels: string[] = []
  let at = HEADER_BYTES
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 }
}

/**
 * The answer to a question of a DNS client: one IPv4 address for a known name, nothing for another kind of address of it,
 * and "no such name" otherwise. Throws a RangeError for a message that is cut off.
 */
export function answerTo(message: Buffer, addressOf: (name: string) => string | undefined): Buffer {
  const { name, type, end } = questionOf(message)
  const address = addressOf(name)
  const given = address !== undefined && type === TYPE_A
  const header = Buffer.alloc(HEADER_BYTES)
  message.copy(header, 0, 0, 2)
  header.writeUInt16BE(0x8180 | (address === undefined ? NAME_ERROR : 0), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(given ? 1 : 0, 6)
  const parts = [header, message.subarray(HEADER_BYTES, end)]
  // a pointer to the name of the question, type A, class IN, ten minutes, four bytes: nginx has its own `valid` to mind
  if (given) parts.push(Buffer.from([0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 2, 88, 0, 4, ...octets(address)]))
  return Buffer.concat(parts)
}

const octets = (address: string): number[] => address.split('.').map(Number)

export interface NameServer {
  /** `address:port`, as nginx wants it. */
  readonly place: string
  stop(): Promise<void>
}

/** Answers for the names of containers on a free port, as Docker's own name server does on 127.0.0.11. */
export async function startNameServer(addressOf: (name: string) => string | undefined): Promise<NameServer> {
  const socket = createSocket('udp4')
  socket.on('message', (message, { port, address }) => {
    try {
      socket.send(answerTo(message, addressOf), port, address)
    } catch (error) {
      // what is no question gets no answer
      if (!(error instanceof RangeError)) throw error
    }
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    place: `127.0.0.1:${socket.address().port}`,
    stop: async () => {
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}
