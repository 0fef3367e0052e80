export { sealPersonal } from './seal-personal.ts'
