import { runService } from '@ziv/service'
import { rights } from './index.ts'

await runService(rights)
