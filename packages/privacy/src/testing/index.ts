export { createMemoryVault } from './memory-vault.ts'
