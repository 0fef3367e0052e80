import { runService } from '@ziv/service'
import { createLandsbond, migrations } from './index.ts'

await runService({ name: 'landsbond', migrations, create: (deps) => createLandsbond(deps) })
