import { type Finding, type Rule, text } from '../rule.ts'
import { filesOf } from '../tree.ts'

/** Folders that a service may have, each with what stands in it; `docs/explanation/architecture.md` tells the same. */
const folders = [
  'api', // routes, their schemas and the views they give
  'commands', // the write path: from a command to stored events
  'domain', // pure decisions
  'intake', // files and batches
  'integration', // events of the service as messages
  'projections', // what is read: tables beside the log and questions to them
  'reactors', // consumers of the messages of others
  'runs', // bulk work in chunks
  'testing', // worlds, builders and questions of specs
  'verify', // proofs
]
const rootFiles = ['config.ts', 'context.ts', 'index.ts', 'main.ts', 'service.ts']

/** Somebody who knows one service finds the way in every other. */
export const serviceShape: Rule = {
  name: 'services have one shape of folders',
  check(tree) {
    const files = filesOf(tree, /^services\/[^/]+\/src\//)
    const findings = files.flatMap(([path]): Finding[] => {
      const [, service, , first, ...rest] = path.split('/')
      const known = rest.length === 0 ? rootFiles : folders
      if (known.includes(first as string)) return []
      const key = `services/${service}/src/${first}`
      return [{ key, message: `${path} stands beside the shape: use one of ${known.join(', ')}` }]
    })
    return { read: files.length, findings }
  },
  planted: {
    files: { 'services/a/src/claims/claim.ts': text('export const a = 1') },
    key: 'services/a/src/claims',
    corrected: {
      'services/a/src/commands/claim.ts': text('export const a = 1'),
      'services/a/src/service.ts': text('export const b = 1'),
    },
  },
}
