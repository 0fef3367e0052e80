import { badRequest, collectionOf, cursorPageOf, cursorQuery, fromCursor, toCursor, withZod } from '@ziv/http'
import type { Database } from '@ziv/postgres'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { bookingInWords } from '../domain/booking-words.ts'
import { readers } from './access.ts'
import { ledgerLineSchema } from './schemas.ts'

/** `GET /ledger`: every line, in the order of booking. */
export function ledgerRoute(app: FastifyInstance, database: Database): void {
  withZod(app).route({
    method: 'GET',
    url: '/ledger',
    config: readers,
    schema: {
      operationId: 'listLedgerLines',
      summary: 'The double-entry ledger',
      description: 'Lines in the order of booking; debits and credits of every booking are equal.',
      tags: ['Treasury'],
      querystring: z.strictObject({
        account: z.string().max(60).optional().describe('Only this account').meta({ example: 'bank' }),
        ...cursorQuery,
      }),
      response: { 200: collectionOf('LedgerLines', ledgerLineSchema) },
    },
    handler: async (request) => {
      const { account, cursor, pageSize } = request.query
      const after = cursor === undefined ? '0' : fromCursor(cursor)
      if (after === null || !/^\d{1,18}$/.test(after))
        throw badRequest({ type: 'invalidInput', in: 'query', name: 'cursor', detail: BAD_CURSOR })
      const { rows } = await database.query<LineRow>(
        `select entry_id as "entryId", booked_on as "bookedOn", account, debit_cents::float8 as "debitCents",
                credit_cents::float8 as "creditCents", subject, position::text as position
         from app.ledger_lines l where l.position > $1 and ($2::text is null or account = $2) order by l.position limit $3`,
        [after, account ?? null, pageSize + 1],
      )
      const page = rows.slice(0, pageSize)
      const next = rows.length > pageSize ? toCursor(page.at(-1)?.position ?? '0') : null
      const items = page.map(({ position: _position, ...line }) => ({
        ...line,
        description: bookingInWords(line.subject, request.language),
      }))
      return cursorPageOf(request, { items, pageSize, next })
    },
  })
}

interface LineRow extends Omit<z.infer<typeof ledgerLineSchema>, 'description'> {
  readonly position: string
}

const BAD_CURSOR = {
  nl: 'deze cursor komt niet van ons: begin opnieuw zonder cursor',
  fr: "ce curseur n'est pas de nous: recommencez sans curseur",
  de: 'dieser Cursor ist nicht von uns: beginnen Sie ohne Cursor von vorn',
  en: 'this cursor is not one of ours: start again without a cursor',
}
