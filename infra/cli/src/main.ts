#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// half the time of a short command is the reading of its programs: what was read is kept in the machine's temporary folder
enableCompileCache()
const { runCommand } = await import('./run-command.ts')
await runCommand(process.argv)
