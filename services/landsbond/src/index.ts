export { landsbond } from './service.ts'
