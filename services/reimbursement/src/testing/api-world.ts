import { buildServer } from '@ziv/http'
import { registerService } from '@ziv/service'
import { afterAll, beforeAll } from 'vitest'
import { bearer, createHarness, type Harness, patient, provider } from './harness.ts'

export let harness: Harness
let app: Awaited<ReturnType<typeof buildServer>>
export const insured = patient(1)
export const other = patient(2, '505')

/** Starts the service and its server for the specs of a file, and stops them after. */
export function useApi(): void {
  beforeAll(async () => {
    harness = await createHarness()
    await harness.insured(insured, other)
    app = await buildServer({
      logger: harness.deps.logger,
      auth: harness.deps.auth,
      environment: 'sandbox',
      eventLoopDelayMaxMs: 0,
    })
    await registerService(app, harness.service, harness.deps)
    await app.ready()
  })
  afterAll(async () => {
    await app.close()
    await harness.service.stop()
    await harness.drop()
  })
}

export const clerk = bearer({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
export const otherClerk = bearer({ roles: ['clerk'], insurer: '500', ziekenfonds: '505' })
export const sameProvider = bearer({ roles: ['careProvider'], providerNumber: provider })
export const otherProvider = bearer({ roles: ['careProvider'], providerNumber: '10000007001' })
export const system = bearer({ roles: ['system'] })
export const landsbond = bearer({ roles: ['landsbondViewer'], insurer: '300' })

export interface Call {
  readonly token?: string
  readonly body?: object | string
  readonly headers?: Record<string, string>
}
export async function call(method: 'GET' | 'POST', path: string, { token = clerk, body, headers = {} }: Call = {}) {
  const response = await app.inject({
    method,
    url: `/reimbursement/v1${path}`,
    headers: { authorization: token, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
  const isJson = (response.headers['content-type'] ?? '').toString().includes('json')
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    json: isJson ? response.json() : undefined,
  }
}

export const claimBody = (changes: object = {}) => ({
  ssin: insured.insz,
  providerNumber: provider,
  lines: [{ nomenclature: '101032', careDate: '2024-05-06', askedCents: 2568 }],
  ...changes,
})
