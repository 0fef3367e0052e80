import { runService } from '@ziv/service'
import { riziv } from './index.ts'

await runService(riziv)
