#!/usr/bin/env node
import { readConfig } from './config.ts'
import { buildProgram } from './program.ts'
import { explain } from './readable-error.ts'

try {
  await buildProgram(readConfig()).parseAsync(process.argv)
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}
