import { loadTopics } from '@ziv/messaging'
import { prepareEnvironment } from './config.ts'
import { asOneCell, prepareBroker } from './prepare-broker.ts'

// the job that makes topics and access lists before the services start; see docker-compose.yml
const { insurers, oneCell, connection } = prepareEnvironment()
const declared = loadTopics(insurers)
const { topics, entries } = await prepareBroker(oneCell ? asOneCell(declared) : declared, connection)
process.stdout.write(`${topics} topics and ${entries} entries of the access list are there\n`)
