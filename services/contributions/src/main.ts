import { runService } from '@ziv/service'
import { contributions } from './index.ts'

await runService(contributions)
