import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import { endEmbeddedPostgres } from '@ziv/testing'
import { pino } from 'pino'
import { startSandbox } from '../sandbox.ts'
import { apiOf } from './api.ts'

const { values } = parseArgs({
  options: { commands: { type: 'string', default: '300' }, kafka: { type: 'string' } },
})

/** The first commands of a process warm up code and caches. */
const WARM_UP = 50

/**
 * How long it takes until a command on affiliation shows in an answer of rights: the person is affiliated over REST, and the
 * insurability is asked again and again until it says that the person is in order. From the answer to the command, in ms.
 */
const folder = await mkdtemp(join('/var/tmp', 'ziv-visible-'))
await chmod(folder, 0o711)
const sandbox = await startSandbox({
  dataDir: folder,
  port: 0,
  startAt: isoDate('2024-02-01'),
  logger: pino({ level: 'error' }),
  ...(values.kafka === undefined ? {} : { kafkaBrokers: values.kafka.split(','), topicPrefix: `${folder.slice(-6)}.` }),
})
try {
  const clerk = apiOf(sandbox, { roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
  const evidence = [{ kind: 'employerProof', rszNumber: makeRszNumber(1_234_567), issuedOn: '2024-02-01' }]
  const capacity = { kind: 'EMPLOYEE', acquiredOn: '2024-02-01', evidence }

  const visibleAfter = async (number: number): Promise<number> => {
    const ssin = makeInsz(isoDate(`19${50 + (number % 50)}-03-0${1 + (number % 9)}`), 2 + 2 * Math.floor(number / 50))
    const person = { ssin, lastName: 'Peeters', firstNames: 'An' }
    const { personId } = await clerk.post<{ personId: string }>('/affiliation/v1/persons', person)
    await clerk.post(`/affiliation/v1/persons/${personId}/affiliations`, { ziekenfonds: '306', capacity })
    const answered = performance.now()
    for (;;) {
      const query = { body: { personId, asOf: '2024-02-01' } }
      const { status, body } = await clerk.send<{ inOrder?: boolean }>('/rights/v1/insurability/query', query)
      if (status === 200 && body.inOrder === true) return performance.now() - answered
      if (performance.now() - answered > 30_000) throw new Error(`not visible after 30 s: ${JSON.stringify(body)}`)
      await sleep(1)
    }
  }
  const times: number[] = []
  for (let number = 0; number < WARM_UP + Number(values.commands); number += 1) {
    const ms = await visibleAfter(number)
    if (number >= WARM_UP) times.push(ms)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1)
  process.stdout.write(
    `command to visible in another service, ${sandbox.driver.kind}, ${times.length} commands: ` +
      `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms\n`,
  )
} finally {
  await sandbox.stop()
  await endEmbeddedPostgres(join(folder, 'postgres')).catch(() => undefined)
  await rm(folder, { recursive: true, force: true })
}
