import { runService } from '@ziv/service'
import { createReimbursement, migrations } from './index.ts'

await runService({ name: 'reimbursement', migrations, create: (deps) => createReimbursement(deps) })
