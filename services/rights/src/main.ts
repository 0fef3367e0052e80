import { runService } from '@ziv/http'
import { createRights, migrations } from './index.ts'

await runService({ name: 'rights', migrations, create: (deps) => createRights(deps) })
