import { runService } from '@ziv/service'
import { affiliation } from './index.ts'

await runService(affiliation)
