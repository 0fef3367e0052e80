import { parseArgs } from 'node:util'
import { startFuzzWorld } from './fuzz-world.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    requests: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '300' },
  },
})

const { world, fuzz } = await startFuzzWorld()
try {
  const report = await fuzz({
    seed: Number(values.seed),
    requests: Number(values.requests),
    milliseconds: Number(values.seconds) * 1_000,
    replays: 500,
  })
  const { failures, ...counts } = report
  process.stdout.write(`${JSON.stringify({ seed: Number(values.seed), ...counts }, null, 2)}\n`)
  for (const { request, what } of failures) process.stdout.write(`\nFAILED ${what}\n  ${request}\n`)
  if (failures.length > 0) process.stdout.write(`\n${world.log().slice(0, 20_000)}\n`)
  process.stdout.write(failures.length === 0 ? 'no request broke anything\n' : `${failures.length} failures\n`)
  process.exitCode = failures.length === 0 ? 0 : 1
} finally {
  await world.close()
}
