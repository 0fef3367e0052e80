export { aclInWords, generateAcls, principalsOf } from './acls.ts'
export { type FoundBroker, findBroker } from './find-broker.ts'
export { KafkaUnavailable, kafkaClassPath } from './jars.ts'
export { type RunningKafka, startKafka } from './start-kafka.ts'
