import { hostMain } from '@ziv/service'
import { reimbursement } from './index.ts'

await hostMain(reimbursement)
