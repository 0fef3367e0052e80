import {
  assertMaySee,
  collectionOf,
  commandId,
  dayInput,
  idempotent,
  idInput,
  pageOf,
  pageQuery,
  personIdInput,
  rejectionToProblem,
  withZod,
  writeHeaders,
} from '@ziv/http'
import { type IsoDate, uuidV5 } from '@ziv/kernel'
import { loadMembers } from '@ziv/members/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { recordStatus } from '../commands/record-status.ts'
import type { ApiContext } from '../context.ts'
import type { StatusCommand } from '../domain/patient-status.ts'
import { reimbursementRejections } from '../domain/reimbursement.rejections.ts'
import { type StatusKind, type StatusPeriod, statusKinds } from '../domain/status-period.ts'
import { originOf, seenBy } from './origin.ts'
import { status } from './schemas.ts'

const tags = ['Statuses']
const params = z.strictObject({ personId: personIdInput })

const statusRequest = z
  .strictObject({
    kind: z.enum(statusKinds).describe('What the person has').meta({ example: 'globalMedicalFile' }),
    from: dayInput().describe('First day').meta({ example: '2025-01-01' }),
    to: dayInput().optional().describe('Last day; absent while it goes on').meta({ example: '2025-12-31' }),
    evidence: z
      .string()
      .regex(/^(?=.*[\p{L}\p{N}])[\p{L}\p{N} .,:/()-]{1,200}$/u)
      .describe('What it rests on: kind and reference of the document, never a name or an INSZ')
      .meta({ example: 'OCMW attest 2025/117' }),
  })
  .meta({ title: 'PatientStatusRequest', description: 'A status that changes the price, with its evidence' })

const view = ({ to, ...period }: StatusPeriod) => ({ ...period, ...(to === null ? {} : { to }) })

export function statusRoutes(scope: FastifyInstance, context: ApiContext): void {
  postStatus(scope, context)
  endStatus(scope, context)
  listStatuses(scope, context)
}

async function assertMember(context: ApiContext, request: FastifyRequest, id: string): Promise<void> {
  assertMaySee(request.caller, seenBy(context, (await loadMembers(context.database, [id])).get(id)))
}

async function record(context: ApiContext, request: FastifyRequest, command: StatusCommand) {
  const outcome = await recordStatus(context, command, commandId(request), originOf(request))
  if (!outcome.ok) throw rejectionToProblem(reimbursementRejections, outcome.rejection)
  return view(outcome.status)
}

function postStatus(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/persons/:personId/statuses',
    config: { access: { roles: ['clerk', 'system'], scope: 'person' } },
    schema: {
      headers: writeHeaders,
      operationId: 'createStatus',
      summary: 'Record a status of a person',
      description: 'Increased intervention or global medical file; the price of care on those days follows it.',
      tags,
      params,
      body: statusRequest,
      response: { 201: status },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, async () => {
        const plain = request as unknown as FastifyRequest
        const { personId: id } = request.params
        await assertMember(context, plain, id)
        const { kind, from, to, evidence } = request.body
        const statusId = uuidV5(`status\n${id}\n${kind}\n${from}\n${commandId(plain)}`)
        const period = { from: from as IsoDate, to: (to ?? null) as IsoDate | null }
        const command = { type: 'GrantStatus', personId: id, statusId, kind, ...period, evidence } as const
        return { status: 201, body: await record(context, plain, command) }
      }),
  })
}

function endStatus(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'POST',
    url: '/persons/:personId/statuses/:statusId/end',
    config: { access: { roles: ['clerk', 'system'], scope: 'person' } },
    schema: {
      headers: writeHeaders,
      operationId: 'endStatus',
      summary: 'End a status of a person',
      description: 'Sets the last day of the status.',
      tags,
      params: z.strictObject({ personId: personIdInput, statusId: idInput('Identifier of the status') }),
      body: z
        .strictObject({ to: dayInput().describe('Last day').meta({ example: '2025-12-31' }) })
        .meta({ title: 'PatientStatusEnd', description: 'The end of a status' }),
      response: { 200: status },
    },
    handler: async (request, reply) =>
      idempotent(request, reply, context, async () => {
        const plain = request as unknown as FastifyRequest
        const { personId: id, statusId } = request.params
        await assertMember(context, plain, id)
        const to = request.body.to as IsoDate
        return { status: 200, body: await record(context, plain, { type: 'EndStatus', personId: id, statusId, to }) }
      }),
  })
}

function listStatuses(scope: FastifyInstance, context: ApiContext): void {
  withZod(scope).route({
    method: 'GET',
    url: '/persons/:personId/statuses',
    config: { access: { roles: ['clerk', 'insured', 'system'], scope: 'person' } },
    schema: {
      operationId: 'listStatuses',
      summary: 'List the statuses of a person',
      description: 'Increased intervention and global medical file, by first day.',
      tags,
      params,
      querystring: z.strictObject(pageQuery),
      response: { 200: collectionOf('PatientStatuses', status) },
    },
    handler: async (request) => {
      const plain = request as unknown as FastifyRequest
      const { personId: id } = request.params
      const { page, pageSize } = request.query
      await assertMember(context, plain, id)
      await context.accessLog.record(plain, id)
      const { rows } = await context.database.query<StatusRow>(
        'select status_id, kind, valid_from, valid_to from app.statuses where person_id = $1 order by valid_from, status_id',
        [id],
      )
      const items = rows.slice((page - 1) * pageSize, page * pageSize).map(periodOf)
      return pageOf(plain, { items: items.map(view), page, pageSize, total: rows.length })
    },
  })
}

interface StatusRow {
  readonly status_id: string
  readonly kind: StatusKind
  readonly valid_from: IsoDate
  readonly valid_to: IsoDate | null
}

const periodOf = (row: StatusRow): StatusPeriod => ({
  statusId: row.status_id,
  kind: row.kind,
  from: row.valid_from,
  to: row.valid_to,
})
