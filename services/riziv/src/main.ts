import { runService } from '@ziv/http'
import { createRiziv, migrations } from './index.ts'

await runService({ name: 'riziv', migrations, create: createRiziv })
