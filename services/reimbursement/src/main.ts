import { runService } from '@ziv/service'
import { reimbursement } from './index.ts'

await runService(reimbursement)
