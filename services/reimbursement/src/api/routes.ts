import type { FastifyInstance } from 'fastify'
import type { ReimbursementContext } from '../context.ts'

/** All routes of the service, inside the prefix the host chose. */
export async function reimbursementRoutes(_app: FastifyInstance, _context: ReimbursementContext): Promise<void> {}
