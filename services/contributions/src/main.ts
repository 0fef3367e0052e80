import { runService } from '@ziv/service'
import { createContributions, migrations } from './index.ts'

await runService({ name: 'contributions', migrations, create: (deps) => createContributions(deps) })
