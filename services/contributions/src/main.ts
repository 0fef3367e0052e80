import { runService } from '@ziv/http'
import { createContributions, migrations } from './index.ts'

await runService({ name: 'contributions', migrations, create: (deps) => createContributions(deps) })
