import { INSURERS } from '@ziv/contracts'
import { serviceContracts } from '@ziv/sandbox'
import type { Command } from 'commander'
import { apisPage, openapiFile } from './apis.ts'
import { commandLinePage } from './command-line.ts'
import { asyncapiFile, eventsPage } from './events.ts'
import { lawPage } from './law.ts'
import { parametersPage } from './parameters.ts'
import { rejectionsPage } from './rejections.ts'
import { topicsPage } from './topics.ts'

/** What `docs/reference` has to hold beside the pages written by hand: content by path. */
export async function referenceFiles(program: Command): Promise<ReadonlyMap<string, string>> {
  const contracts = await serviceContracts()
  return new Map([
    ...contracts.map((contract) => [`apis/${contract.name}.openapi.yaml`, openapiFile(contract)] as const),
    ['apis/README.md', apisPage(contracts)],
    ['asyncapi.yaml', asyncapiFile()],
    ['events.md', eventsPage()],
    ['rejection-codes.md', rejectionsPage(contracts)],
    ['parameters.md', parametersPage()],
    ['law.md', lawPage()],
    ['topics.md', topicsPage(INSURERS)],
    ['command-line.md', commandLinePage(program)],
  ])
}
