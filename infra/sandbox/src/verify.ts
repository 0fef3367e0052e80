import type { Finding } from '@ziv/service'
import type { Sandbox } from './sandbox.ts'
import { serviceNames } from './services.ts'
import { acceptedReturnsAgree, copiesAgree } from './verify-copies.ts'
import { membersAgree } from './verify-members.ts'
import { yearsAgree } from './verify-years.ts'

type Proof = (sandbox: Sandbox) => AsyncIterable<Finding> | Promise<Finding>

/** What only the host can see, by the name under which a proof is told that cannot be carried through. */
const ofTheHost: Readonly<Record<string, Proof>> = {
  outboxes,
  consumers: consumersAtHead,
  'parked messages': parkedKeys,
  copies: copiesAgree,
  members: membersAgree,
  'reference years': yearsAgree,
  'accepted returns': acceptedReturnsAgree,
}

/**
 * Every proof of the whole system: what only the host can see (outboxes, consumers, parked messages), then what each
 * service proves of itself. The services work at the same time, each on its own database; findings come in their order. A
 * proof that cannot be carried through (a table that is gone, a value that does not open) is a finding and stops no other.
 */
export async function* verifySandbox(sandbox: Sandbox): AsyncIterable<Finding> {
  for (const [name, proof] of Object.entries(ofTheHost)) yield* guarded(name, () => proof(sandbox))
  for (const prove of sandbox.proofs) yield* guarded('notes, keys and messages', prove)
  const proven = serviceNames.map((name) => Array.fromAsync(guarded(name, () => sandbox.modules[name].verify())))
  yield* (await Promise.all(proven)).flat()
}

async function* guarded(name: string, proof: () => ReturnType<Proof>): AsyncGenerator<Finding> {
  try {
    const found = proof()
    if (found instanceof Promise) yield await found
    else yield* found
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    yield { check: `${name}: every proof was carried through`, ok: false, examined: 0, detail: `stopped: ${reason}` }
  }
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
  return {
    check: 'every outbox row is relayed',
    ok: open.length === 0 && examined > 0,
    examined,
    detail: open.length === 0 ? `${examined} messages went out` : `not relayed yet: ${open.join(', ')}`,
  }
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
  return {
    check: 'every consumer is at the head of its topics',
    ok: behind.length === 0 && messages > 0,
    examined: messages,
    detail:
      behind.length === 0
        ? `${sandbox.consumers.length} consumers, ${messages} messages taken in`
        : `behind: ${behind.join(', ')}`,
  }
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
