import { runService } from '@ziv/service'
import { landsbond } from './index.ts'

await runService(landsbond)
