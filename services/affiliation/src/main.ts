import { runService } from '@ziv/service'
import { createAffiliation, migrations } from './index.ts'

await runService({ name: 'affiliation', migrations, create: (deps) => createAffiliation(deps) })
