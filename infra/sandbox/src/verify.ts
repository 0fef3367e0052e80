import { join } from 'node:path'
import {
  anchorKey,
  type Finding,
  judgedEmpty,
  provedNow,
  proveInRanges,
  type RangedProof,
  RESULTS_FILE,
  type RunOptions,
} from '@ziv/service'
import type { Sandbox } from './sandbox.ts'
import { serviceNames } from './services.ts'
import { startWorker } from './verification/worker-thread.ts'
import { acceptedReturnsProof, copiesProof } from './verify-copies.ts'
import { membersAgree } from './verify-members.ts'
import { yearsAgree } from './verify-years.ts'
import { anchorKeyFile } from './watch-logs.ts'

/** How a verification is made. */
export interface VerifyOptions extends RunOptions {
  /** Threads in all, this one among them. Default 1. */
  readonly threads?: number
  /** Keeps the results of finished ranges in the data folder, and goes on from those of a run that did not end; `anew`: it does not. */
  readonly keep?: 'resume' | 'anew'
}

type Proof = (sandbox: Sandbox) => Promise<Finding>

/** What holds at a moment, asked at every run, by the name under which a proof is told that cannot be carried through. */
const ofThisMoment: Readonly<Record<string, Proof>> = {
  outboxes,
  consumers: consumersAtHead,
  'parked messages': parkedKeys,
  'notes in the topic': (sandbox) => sandbox.proveTopic(),
}

/** Every proof that is made in ranges: what only the host can see, then what each service proves of itself. */
export const rangedProofsOf = (
  sandbox: Pick<Sandbox, 'databases' | 'modules' | 'proofs' | 'relays' | 'consumers'>,
): readonly RangedProof[] => [
  copiesProof(sandbox),
  membersAgree(sandbox),
  yearsAgree(sandbox),
  acceptedReturnsProof(sandbox),
  ...sandbox.proofs,
  ...serviceNames.flatMap((name) => sandbox.modules[name].proofs),
]

/**
 * Every proof of the whole system: what holds at this moment (outboxes, consumers, parked messages, topic of the notes), then
 * what is proved in ranges, by one thread or several. Findings come in one order, whoever proved them. A proof that cannot be
 * carried through (a table that is gone, a value that does not open) is a finding and stops no other. After `signal` it ends at
 * the next range, and what was not proved is not told.
 */
export async function* verifySandbox(sandbox: Sandbox, options: VerifyOptions = {}): AsyncGenerator<Finding> {
  for (const [name, proof] of Object.entries(ofThisMoment)) yield await provedNow(name, () => proof(sandbox))
  const { threads = 1, keep, ...run } = options
  const { dataDir, opened, clock } = sandbox
  const file = join(dataDir, RESULTS_FILE)
  const kept =
    keep === undefined ? undefined : { file, key: await anchorKey(anchorKeyFile(dataDir)), anew: keep === 'anew' }
  yield* proveInRanges(rangedProofsOf(sandbox), {
    ...{ ...run, kept, businessDate: clock.today() },
    beside: (work) => Array.from({ length: threads - 1 }, () => startWorker({ ...work, opened })),
  })
}

async function outboxes(sandbox: Sandbox): Promise<Finding> {
  const open: string[] = []
  let examined = 0
  for (const relay of sandbox.relays) {
    const name = relay.service as keyof Sandbox['databases']
    // dense per topic and key, and still there when upkeep removed the rows that were sent
    const { rows } = await sandbox.databases[name].query<{ n: string }>(
      'select coalesce(sum(sequence), 0) as n from es.topic_keys',
    )
    examined += Number(rows[0]?.n ?? 0)
    const pending = await relay.pending()
    if (pending > 0) open.push(`${relay.service}: ${pending}`)
  }
  const detail = open.length === 0 ? `${examined} messages went out` : `not relayed yet: ${open.join(', ')}`
  // what was told is counted where it is looked at
  return judgedEmpty({ check: 'every outbox row is relayed', ok: open.length === 0, examined, detail }, examined)
}

async function consumersAtHead(sandbox: Sandbox): Promise<Finding> {
  const behind: string[] = []
  let messages = 0
  for (const consumer of sandbox.consumers) {
    const lags = await consumer.lag()
    messages += lags.reduce((sum, partition) => sum + Number(partition.end), 0)
    const lag = lags.reduce((sum, partition) => sum + partition.lag, 0)
    if (lag > 0) behind.push(`${consumer.name}: ${lag}`)
  }
  const ok = behind.length === 0
  const detail = ok
    ? `${sandbox.consumers.length} consumers, ${messages} messages taken in`
    : `behind: ${behind.join(', ')}`
  return judgedEmpty(
    { check: 'every consumer is at the head of its topics', ok, examined: messages, detail },
    sandbox.consumers.length === 0 ? 1 : messages,
  )
}

async function parkedKeys(sandbox: Sandbox): Promise<Finding> {
  const parked: string[] = []
  for (const name of serviceNames) {
    const { rows } = await sandbox.databases[name].query<{ n: string }>('select count(*) as n from es.parked')
    if (Number(rows[0]?.n ?? 0) > 0) parked.push(`${name}: ${rows[0]?.n}`)
  }
  return {
    check: 'no message is parked',
    ok: parked.length === 0,
    examined: serviceNames.length,
    detail:
      parked.length === 0 ? 'no key stands still' : `parked: ${parked.join(', ')}; see docs/how-to/parked-messages.md`,
  }
}
