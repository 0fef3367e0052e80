import type { FastifyInstance } from 'fastify'

/** Time for a client that was answered before it had sent everything, to finish; then its connection is closed. */
const patienceMs = 2_000

/**
 * A refused upload is answered at once, while the client still sends. What comes after the answer is read and thrown
 * away for a short while, so that the client gets to read it; a client that goes on is cut off. Without this such a
 * connection would stand still until it times out, and the server could not stop.
 */
export function letGoOfRefusedUploads(app: FastifyInstance): void {
  app.addHook('onResponse', ({ raw }, _reply, done) => {
    if (raw.complete !== false || raw.destroyed) return done()
    const late = setTimeout(() => raw.socket.destroy(), patienceMs)
    raw.once('close', () => clearTimeout(late))
    raw.once('end', () => clearTimeout(late))
    raw.once('error', () => clearTimeout(late))
    raw.resume()
    done()
  })
}
