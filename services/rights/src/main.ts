import { runService } from '@ziv/service'
import { createRights, migrations } from './index.ts'

await runService({ name: 'rights', migrations, create: (deps) => createRights(deps) })
