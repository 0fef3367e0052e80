export { type AclInWords, aclInWords, generateAcls, groupPrefixOf, principalsOf } from './acls.ts'
export { KafkaUnavailable } from './jars.ts'
export { adminPrincipal } from './server-properties.ts'
export { type KafkaOptions, type RunningKafka, startKafka } from './start-kafka.ts'
