import { runService } from '@ziv/service'
import { createRiziv, migrations } from './index.ts'

await runService({ name: 'riziv', migrations, create: createRiziv })
