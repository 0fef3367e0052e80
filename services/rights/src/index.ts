export { rights } from './service.ts'
