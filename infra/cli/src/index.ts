export { type CliConfig, readConfig } from './config.ts'
export { buildProgram } from './program.ts'
