import { join, resolve } from 'node:path'
import { createEventStore } from '@ziv/event-store'
import type { DeclaredTopic, MessagingDriver } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import type { MasterKeys } from '@ziv/privacy'
import {
  anchorKey,
  keepNoting,
  logProofs,
  logsProof,
  openAnchors,
  ownChain,
  type RangedProof,
  topicHolds,
} from '@ziv/service'
import type { Logger } from 'pino'
import { notingClock } from './noting-clock.ts'
import type { Sandbox, SandboxOptions } from './sandbox.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import type { HostedModules, ServiceName } from './services.ts'
import { messagesProof, removedProof } from './verify-host.ts'
import { keysProof } from './verify-keys.ts'
import { sentCopiesProof } from './verify-sent-copies.ts'

interface Watched {
  readonly all: Readonly<Record<string, Database>>
  readonly modules: HostedModules
  readonly clock: SandboxClock
  readonly keys: Database
  readonly masterKey: MasterKeys
  readonly topics: readonly DeclaredTopic[]
  readonly driver: MessagingDriver
  readonly logger: Logger
}

/** Where the notes of a data folder stand. */
export const notesFile = (dataDir: string): string => join(resolve(dataDir), 'anchors.jsonl')

/** Where the key that signs them stands. */
export const anchorKeyFile = (dataDir: string): string => join(resolve(dataDir), 'secrets', 'anchor.pem')

interface WatchedLogs extends Pick<Sandbox, 'clock' | 'note' | 'sendNotes' | 'proveTopic'> {
  /** The proofs, once there is what carries messages. */
  readonly proofsWith: (moving: Pick<Sandbox, 'relays' | 'consumers'>) => readonly RangedProof[]
}

/** Notes what the logs hold while this sandbox runs, and offers the proofs that only the host can make. */
export async function watchLogs(
  held: AsyncDisposableStack,
  { dataDir, passive }: SandboxOptions,
  { all, modules, clock, keys, masterKey, topics, driver, logger }: Watched,
): Promise<WatchedLogs> {
  const folder = resolve(dataDir)
  const key = await anchorKey(anchorKeyFile(folder))
  const anchored = { file: notesFile(folder), key, databases: all, clock, driver, chain: ownChain, logger }
  const anchors = openAnchors(anchored)
  if (passive !== true) {
    // only the first one may not fail
    await anchors.note()
    held.defer(keepNoting(anchors, clock, logger))
  }
  return {
    clock: notingClock(clock, anchors, logger),
    note: () => anchors.note(),
    sendNotes: () => anchors.sendAgain(),
    proveTopic: () => topicHolds(anchored),
    proofsWith: ({ relays, consumers }) => [
      logsProof(anchored),
      // its date may never have been moved; chains are walked whatever the events are
      ...logProofs('sandbox', all.sandbox!, createEventStore([])),
      keysProof(keys, masterKey, { databases: all, relays, consumers }),
      sentCopiesProof({ databases: all as Record<ServiceName, Database>, modules, topics, driver, relays, consumers }),
      messagesProof(all.sandbox!, topics, driver, { databases: all, relays, consumers }),
      ...Object.entries(all).map(([name, database]) => removedProof(name, database, topics, driver)),
    ],
  }
}
