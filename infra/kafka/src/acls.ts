import type { DeclaredTopic } from '@ziv/messaging'
import kafkajs, { type AclEntry } from 'kafkajs'

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs

type Operation = 'WRITE' | 'READ' | 'DESCRIBE'

const topicEntry = (principal: string, topic: string, operation: Operation): AclEntry => ({
  resourceType: AclResourceTypes.TOPIC,
  resourceName: topic,
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: `User:${principal}`,
  host: '*',
  operation: AclOperationTypes[operation],
  permissionType: AclPermissionTypes.ALLOW,
})

/** Groups carry their principal's name first (`groupPrefix` of `startConsumer`), so that nobody joins the group of another. */
export const groupPrefixOf = (principal: string): string => `${principal}.`

const groupEntries = (principal: string): AclEntry[] =>
  [groupPrefixOf(principal), ...serviceGroups(principal)].map((prefix) => ({
    resourceType: AclResourceTypes.GROUP,
    resourceName: prefix,
    resourcePatternType: ResourcePatternTypes.PREFIXED,
    principal: `User:${principal}`,
    host: '*',
    operation: AclOperationTypes.READ,
    permissionType: AclPermissionTypes.ALLOW,
  }))

/** A service that runs once for all insurers may name its groups after itself (`riziv.money`). */
function serviceGroups(principal: string): string[] {
  const service = /^ziv-([a-z]+)$/.exec(principal)?.[1]
  return service ? [`${service}.`] : []
}

const writerEntry = (principal: string): AclEntry => ({
  resourceType: AclResourceTypes.CLUSTER,
  resourceName: 'kafka-cluster',
  resourcePatternType: ResourcePatternTypes.LITERAL,
  principal: `User:${principal}`,
  host: '*',
  operation: AclOperationTypes.IDEMPOTENT_WRITE,
  permissionType: AclPermissionTypes.ALLOW,
})

/** Everybody the topics name, sorted. */
export function principalsOf(topics: readonly DeclaredTopic[]): string[] {
  return [...new Set(topics.flatMap(({ read, write }) => [...read, ...write]))].sort()
}

/**
 * The access list of a broker, from the declared topics alone: what is not named there is refused. Readers may read their
 * topics and use groups under their own name, writers may write theirs with an idempotent producer.
 */
export function generateAcls(topics: readonly DeclaredTopic[]): AclEntry[] {
  const perTopic = topics.flatMap(({ name, read, write }) => [
    ...read.flatMap((who) => [topicEntry(who, name, 'READ'), topicEntry(who, name, 'DESCRIBE')]),
    ...write.flatMap((who) => [topicEntry(who, name, 'WRITE'), topicEntry(who, name, 'DESCRIBE')]),
  ])
  const readers = new Set(topics.flatMap((topic) => topic.read))
  const writers = new Set(topics.flatMap((topic) => topic.write))
  return [...perTopic, ...[...readers].sort().flatMap(groupEntries), ...[...writers].sort().map(writerEntry)]
}

/** An entry of the access list in words: `TOPIC`, name, `LITERAL` or `PREFIXED`, `READ`. */
export interface AclInWords {
  readonly principal: string
  readonly resource: string
  readonly name: string
  readonly pattern: string
  readonly operation: string
}

const wordOf = (names: object, value: number): string =>
  Object.entries(names).find(([, number]) => number === value)?.[0] ?? String(value)

/** The numbers of an entry as the words Kafka's own tools use. */
export const aclInWords = (entry: AclEntry): AclInWords => ({
  principal: entry.principal.replace(/^User:/, ''),
  resource: wordOf(AclResourceTypes, entry.resourceType),
  name: entry.resourceName,
  pattern: wordOf(ResourcePatternTypes, entry.resourcePatternType),
  operation: wordOf(AclOperationTypes, entry.operation),
})
