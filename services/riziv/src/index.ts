export { type RizivModule, riziv } from './service.ts'
