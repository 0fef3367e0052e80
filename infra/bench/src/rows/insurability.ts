import { join } from 'node:path'
import { sandboxIssuer } from '@ziv/http'
import { makeRizivNumber } from '@ziv/kernel'
import { privacyMigrations } from '@ziv/privacy'
import autocannon from 'autocannon'
import { interleave, spreadOf } from '../measure.ts'
import { frozenRights } from '../setup/rights-world.ts'
import { startServer } from '../setup/server-process.ts'
import type { Row } from '../types.ts'

const poolSize = 10
const clients = 50

type Headers = Readonly<Record<string, string>>

/** Requests per second that were answered; throws when one was refused. */
async function load(url: string, headers: Headers, bodies: readonly string[], seconds: number): Promise<number> {
  const result = await autocannon({
    url,
    connections: clients,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    requests: bodies.map((body) => ({ body })),
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${url}: ${result.non2xx} refusals and ${result.errors} errors of ${result.requests.total} requests`,
    )
  }
  return result['2xx'] / result.duration
}

export const insurability: Row = {
  async run(world, { short, rounds }) {
    const { frozen, people } = await frozenRights(world, short ? 5_000 : 20_000)
    const own = await frozen.copy(2)
    const keys = await world.database([privacyMigrations], 2)
    const keyFile = join(world.folder, 'issuer.pem')
    const issuer = await sandboxIssuer({ keyFile, environment: 'sandbox' })
    const token = await issuer.token({
      subject: 'bench',
      roles: ['careProvider'],
      providerNumber: makeRizivNumber(110_003, 1),
    })
    const order = {
      databaseUrl: own.connectionString,
      keysUrl: keys.connectionString,
      keyFile,
      connections: poolSize,
    }
    const [ours, bare] = [await startServer('insurability', order), await startServer('bare', order)]
    const asked = people.filter(({ number }) => number % 50 !== 0).slice(0, 100)
    const bySsin = asked.map(({ insz }) => JSON.stringify({ ssin: insz, asOf: '2024-06-03' }))
    const byId = asked.map(({ personId }) => JSON.stringify({ personId, asOf: '2024-06-03' }))
    const headers = { authorization: `Bearer ${token}` }
    const seconds = short ? 2 : 4
    const route = `${ours.url}/rights/v1/insurability/query`
    const bareRoute = `${bare.url}/insurability/query`
    const byIdRatios: number[] = []
    const comparison = await interleave(
      rounds,
      () => load(route, headers, bySsin, seconds),
      async (round) => {
        const limit = await load(bareRoute, {}, byId, seconds)
        const rate = await load(route, headers, byId, seconds)
        if (round > 0) byIdRatios.push(rate / limit)
        return limit
      },
    )
    await ours.stop()
    await bare.stop()
    await own.drop()
    await keys.drop()
    const budget = 0.7
    return [
      {
        row: 'insurability',
        what: 'insurability answered for an INSZ: token, tenant, access log, checks',
        against: 'a bare Fastify route with one indexed select',
        unit: 'requests/s',
        budget,
        comparison,
        met: comparison.ratio.median >= budget,
        notes: [
          `${clients} connections from a process of its own, pools of ${poolSize}, ${people.length} persons stored`,
        ],
        extra: { ratioWhenAskedByPersonId: spreadOf(byIdRatios) },
      },
    ]
  },
}
