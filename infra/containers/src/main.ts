import { parseArgs } from 'node:util'
import { tryAll } from './try-all.ts'

const { values } = parseArgs({
  options: {
    'allow-missing': { type: 'boolean', default: false },
    minutes: { type: 'string', default: '8' },
  },
})

/** `pnpm try-containers`: what the compose file runs, on a machine without Docker, as far as that goes. */
process.exitCode = await tryAll({
  allowMissing: values['allow-missing'],
  limitMs: Number(values.minutes) * 60_000,
  tell: (line) => process.stdout.write(`${line}\n`),
})
