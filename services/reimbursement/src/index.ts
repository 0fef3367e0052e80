export { reimbursement } from './service.ts'
