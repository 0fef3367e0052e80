import Fastify from 'fastify'
import pg from 'pg'
import { serve } from './serve.ts'

// one indexed select behind a route that does nothing else: no token, no checks, no log, no schema
serve(async ({ databaseUrl, connections }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
  const app = Fastify({ logger: false })
  app.post<{ Body: { personId: string } }>('/insurability/query', async (request) => {
    const { rows } = await pool.query({
      name: 'bare',
      text: 'select person_id, from_day, to_day, insurer, ziekenfonds, capacity, ground from app.periods where person_id = $1 and from_day <= $2 order by from_day desc limit 1',
      values: [request.body.personId, '2024-06-03'],
    })
    return rows[0]
  })
  return app
})
