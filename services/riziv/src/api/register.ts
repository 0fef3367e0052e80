import { dayInput, roles, withZod } from '@ziv/http'
import type { Clock, IsoDate } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { insurerSchema, ziekenfondsSchema } from './schemas.ts'

const query = z.strictObject({
  asOf: dayInput().optional().describe('Day asked about; today when absent').meta({ example: '2024-01-01' }),
})

/** `GET /insurers`, `GET /ziekenfondsen`: the register, as it stood on a day. */
export function registerRoutes(app: FastifyInstance, clock: Clock): void {
  const register = loadZiekenfondsen()

  withZod(app).route({
    method: 'GET',
    url: '/insurers',
    config: { access: { roles, scope: 'none' } },
    schema: {
      operationId: 'listInsurers',
      summary: 'The seven insurers',
      description: 'Landsbonden, the HZIV and the HR Rail fund, with their names on the day asked about.',
      tags: ['Register'],
      querystring: query,
      response: {
        200: z
          .object({ items: z.array(insurerSchema).describe('Insurers') })
          .meta({ title: 'Insurers', description: 'The insurers' }),
      },
    },
    handler: async (request) => {
      const day = request.query.asOf ?? clock.today()
      const items = register.insurers.flatMap(({ code, kind }) => {
        const name = register.nameOf(code, day as IsoDate)
        return name === null ? [] : [{ code: code as '100', kind, name }]
      })
      return { items }
    },
  })

  withZod(app).route({
    method: 'GET',
    url: '/ziekenfondsen',
    config: { access: { roles, scope: 'none' } },
    schema: {
      operationId: 'listZiekenfondsen',
      summary: 'The ziekenfondsen of a day',
      description: 'Merged ziekenfondsen are listed for the days on which they existed.',
      tags: ['Register'],
      querystring: query,
      response: {
        200: z
          .object({ items: z.array(ziekenfondsSchema).describe('Ziekenfondsen') })
          .meta({ title: 'Ziekenfondsen', description: 'The ziekenfondsen' }),
      },
    },
    handler: async (request) => {
      const day = request.query.asOf ?? clock.today()
      const items = register
        .on(day as IsoDate)
        .map(({ code, insurer, nl, fr }) => ({ code, insurer: insurer as '100', name: { nl, fr } }))
      return { items }
    },
  })
}
