import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fill, readHttpFile } from './http-file.fixture.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../../..')
const command = join(root, 'infra/cli/src/main.ts')

let folder: string
let demo: ReturnType<typeof spawn>
let url = ''

const hasCurl = (): Promise<boolean> =>
  run('bash', ['-c', 'command -v curl']).then(
    () => true,
    () => false,
  )

/** The sandbox of the tutorial's first step, on a port that is free. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-tutorial-'))
  demo = spawn(process.execPath, [command, 'demo', '--persons', '10', '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  url = await new Promise((ready, failed) => {
    for (const stream of [demo.stdout, demo.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const address = /look around: (http:\/\/\S+:\d+)/.exec(said)
        if (address !== null) ready(address[1]!)
      })
    }
    demo.on('exit', (code) => failed(new Error(`the demo ended with ${code}:\n${said.slice(-2_000)}`)))
  })
}, 180_000)

afterAll(async () => {
  const ended = once(demo, 'exit')
  demo.kill('SIGINT')
  await ended
  await rm(folder, { recursive: true, force: true })
}, 60_000)

it('goes from a first affiliation to a first reimbursement as the tutorial says, and a second time', async (context) => {
  if (!(await hasCurl())) context.skip('the tutorial is written with curl, and this machine has none')
  const settings = [`ZIV_URL=${url}`, `ZIV_DATA=${folder}`, `ZIV=${process.execPath} ${command}`]
  const script = join(root, 'docs/tutorial/first-reimbursement.sh')
  for (let time = 1; time <= 2; time++) {
    const { stdout } = await run('env', [...settings, 'bash', script], { cwd: root })
    expect(stdout).toContain('insured from: 2025-04-01\n')
    expect(stdout).toContain('because: The right is opened for the first time from 1 April 2025')
    expect(stdout).toContain('in order on 20 June, as known the day before: false\n')
    expect(stdout).toContain('reimbursed, in cents: 1968\n')
    expect(stdout.trimEnd().endsWith('done')).toBe(true)
  }
}, 120_000)

/** The commands of the code blocks of a page, from one heading to the next, in their order. */
async function commandsOf(page: string, heading: string): Promise<string> {
  const text = await readFile(join(root, page), 'utf8')
  const [, part = ''] = text.split(`## ${heading}\n`)
  return [...part.split(/^## /m)[0]!.matchAll(/^```sh\n(.*?)^```/gms)].map(([, commands]) => commands).join('\n')
}

it('the first calls of the README answer what it says, as they are written', async (context) => {
  if (!(await hasCurl())) context.skip('the README is written with curl, and this machine has none')
  // the last block proves what is stored, which other specs do
  const [calls = ''] = (await commandsOf('README.md', 'First calls')).split(/^npx .* verify$/m)
  const here = calls.replaceAll('http://localhost:8080', url)
  expect(here).not.toContain('8080')
  // stands for the package manager, which starts the command of this checkout
  const bin = await mkdtemp(join(folder, 'bin-'))
  const started = `#!/bin/sh\nshift 4\nexec '${process.execPath}' '${command}' "$@" --data '${folder}'\n`
  await writeFile(join(bin, 'npx'), started, { mode: 0o755 })
  const { stdout } = await run('bash', ['-euc', `PATH='${bin}':$PATH\n${here}`], { cwd: root, timeout: 60_000 })
  const answers = [...stdout.matchAll(/"asOf":"2025-06-20","knownAt":"([^"]+)","inOrder":(true|false)/g)]
  expect(answers.map(([, knownAt, inOrder]) => [knownAt!.slice(0, 10), inOrder])).toEqual([
    ['2025-06-30', 'true'],
    ['2025-06-29', 'false'],
  ])
  expect(stdout).toContain('"periods":[{"from":"2025-04-01","to":"2026-12-31"')
}, 90_000)

it('the page of the tutorial waits where its script waits', async () => {
  const asks = await commandsOf('docs/tutorial/first-reimbursement.md', '5. Is she in order?')
  expect(asks).toMatch(/^until curl -sf \$URL\/rights\/v1\/insurability\/query/)
  await run('bash', ['-nc', asks])
})

it('the file of requests does the same when each is sent in turn, without a shell', async () => {
  const { variables, requests } = readHttpFile(
    await readFile(join(root, 'docs/tutorial/first-reimbursement.http'), 'utf8'),
  )
  const tokenOf = async (ziekenfonds: string): Promise<string> => {
    const asked = ['token', '--role', 'clerk', '--ziekenfonds', ziekenfonds, '--data', folder]
    return (await run(process.execPath, [command, ...asked])).stdout.trim()
  }
  const own = { ...variables, url, clerk: await tokenOf('306'), stranger: await tokenOf('101') }
  const bodies = new Map<string, unknown>()
  for (const { title, name, answers, method, url: address, headers, body } of requests) {
    const filled = Object.entries(headers).map(([header, value]) => [header, fill(value, own, bodies)] as const)
    const send = () =>
      fetch(fill(address, own, bodies), {
        ...{ method, headers: Object.fromEntries(filled) },
        ...(body === undefined ? {} : { body: fill(body, own, bodies) }),
      })
    let answer = await send()
    // the rights service hears of the person by an event
    for (let tries = 0; answer.status === 404 && answers === 200 && tries < 50; tries++) {
      await sleep(100)
      answer = await send()
    }
    expect({ title, status: answer.status }).toEqual({ title, status: answers })
    bodies.set(name, await answer.json())
  }
  expect(bodies.get('affiliation')).toMatchObject({ from: '2025-04-01' })
  expect(bodies.get('insurability')).toMatchObject({ inOrder: true })
  expect(bodies.get('yesterday')).toMatchObject({ inOrder: false })
  expect(bodies.get('claim')).toMatchObject({ interventionCents: 1968 })
  expect(requests.length).toBeGreaterThan(8)
}, 60_000)
