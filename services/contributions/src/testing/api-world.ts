import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { dmfaFile, textOf } from './dmfa-file.ts'
import { acquired, bearer, createHarness, type Harness, opened } from './harness.ts'
import { serverOf } from './http.ts'

export let h: Harness
export let app: FastifyInstance
const tables = ['app_files.files', 'app_files.pages', 'app_files.issues', 'app.waiting_slips', 'es.events', 'es.outbox']
export const base = '/contributions/v1'
export const rsz = bearer({ roles: ['rsz'] })
export const system = bearer({ roles: ['system'] })
export const clerk = bearer({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
export const stranger = bearer({ roles: ['clerk'], insurer: '500', ziekenfonds: '501' })
export const employerNumber = makeRszNumber(1234567)
export const person = { personId: randomUUID(), insz: makeInsz(isoDate('1980-05-05'), 1) }
export const student = { personId: randomUUID(), insz: makeInsz(isoDate('2003-05-05'), 1), birthDate: '2003-05-05' }
export const selfEmployed = {
  personId: randomUUID(),
  insz: makeInsz(isoDate('1975-05-05'), 1),
  birthDate: '1975-05-05',
}

/** Starts the service and its server for the specs of a file, and stops them after. */
export function useApi(): void {
  beforeAll(async () => {
    h = await createHarness()
    app = await serverOf(h)
    await h.affiliation(opened(person), acquired(person, 'EMPLOYEE'))
    await h.affiliation(opened(student), acquired(student, 'STUDENT', '2025-10-01'))
    await h.affiliation(opened(selfEmployed), acquired(selfEmployed, 'SELF_EMPLOYED'))
  })
  afterAll(async () => {
    await app.close()
    await h.drop()
  })
}

export const counts = () => Promise.all(tables.map((table) => h.count(table)))
export const postFile = (
  payload: string | Buffer | Readable,
  type = 'application/xml',
  authorization = rsz,
  more: Readonly<Record<string, string>> = {},
  resource = 'slipIntakes',
) => {
  const headers = { 'content-type': type, authorization, ...more }
  return app.inject({ method: 'POST', url: `${base}/${resource}`, payload, headers })
}

/** Posts a file of lines and waits until it was worked through: the file, and its issues. */
export async function postLines(resource: string, items: readonly (object | string)[] | Buffer, authorization: string) {
  const text = (item: object | string): string => (typeof item === 'string' ? item : JSON.stringify(item))
  const payload = Buffer.isBuffer(items) ? items : items.map(text).join('\n')
  const answer = await postFile(payload, 'application/x-ndjson', authorization, {}, resource)
  if (answer.statusCode !== 202) return { answer, file: undefined, issues: [] }
  const path = `/${resource}/${answer.json().batchId}`
  await h.service.runs.idle()
  const [file, { items: issues }] = [
    (await get(path, authorization)).json(),
    (await get(`${path}/issues`, authorization)).json(),
  ]
  return { answer, file, issues: issues as readonly Readonly<Record<string, string>>[] }
}

export const post = (path: string, payload: object, authorization = system, headers = {}) =>
  app.inject({ method: 'POST', url: `${base}${path}`, payload, headers: { authorization, ...headers } })
export const get = (path: string, authorization = clerk, headers = {}) =>
  app.inject({ method: 'GET', url: `${base}${path}`, headers: { authorization, ...headers } })
export const declaration = (amountCents: number, insz: string = person.insz, quarter = '2025Q1') =>
  textOf(dmfaFile([{ insz, employerNumber, quarter, amountCents }]))

export async function settled(intakeId: string) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const intake = (await get(`/slipIntakes/${intakeId}`, rsz)).json()
    if (intake.state !== 'received') return intake
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the intake did not end')
}
