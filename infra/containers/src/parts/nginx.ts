import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startNameServer } from '../name-server.ts'
import { rewriteProxy } from '../places.ts'
import { CannotTry } from '../report.ts'
import { addressOf, expectSame, findProgram, listens, rootFolder, serviceNames, type World } from '../world.ts'
import { seenBehind, startEcho, streamsIn, streamsOut } from './echo.ts'

const run = promisify(execFile)
/** Above what nginx takes when nobody tells it otherwise (1 MB). */
const LARGE_BYTES = 3_000_000
/** `valid=10s` of the resolver, and a second for the two clocks. */
const FOLLOW_MS_MAX = 11_000
const STREAM_MS_MAX = 5_000

const proxyFolder = join(rootFolder, 'infra/compose/proxy')

interface Proxy {
  /** From here on nginx is told the real places of the services. */
  showServices(): void
}

/** Checks nginx.conf with `nginx -t`, starts nginx on it, and tries it in front of a stand-in for the services. */
export async function tryNginx(world: World, held: AsyncDisposableStack): Promise<{ seen: string; proxy: Proxy }> {
  const program = await findProgram('nginx')
  if (program === undefined) throw new CannotTry('nginx is not installed (Debian: apt-get install nginx)')
  let names: ReadonlyMap<string, string> = new Map()
  const nameServer = await startNameServer((name) => names.get(name))
  held.defer(() => nameServer.stop())
  const folder = join(world.folder, 'nginx')
  const address = addressOf(world, 'proxy')
  await cp(proxyFolder, join(folder, 'etc'), { recursive: true })
  await mkdir(join(folder, 'scratch'))
  const place = {
    address,
    nameServer: nameServer.place,
    settings: join(folder, 'etc'),
    scratch: join(folder, 'scratch'),
  }
  const settings = join(folder, 'etc', 'nginx.conf')
  await writeFile(settings, rewriteProxy(await readFile(join(proxyFolder, 'nginx.conf'), 'utf8'), place))
  const main = ['-p', folder, '-c', settings, '-g', `daemon off; pid ${folder}/nginx.pid;`]
  // its errors go to /dev/stderr, which has to be a file or a pipe: a socket, as Node gives, cannot be opened
  await world.processes.run({ name: 'nginx-t', command: program, arguments: ['-t', ...main], folder, environment: {} })
  const { stderr: version } = await run(program, ['-v'])
  const nginx = world.processes.start({ name: 'nginx', command: program, arguments: main, folder, environment: {} })
  await nginx.until(() => listens(address, 8080), 10_000)
  await checkOwnAnswers(world)
  await checkAway(world, 'a name that Docker does not know')
  const standIn = address.replace(/\d+$/, '250')
  names = new Map([...world.places.keys()].map((name) => [name, standIn]))
  await checkAway(world, 'an address where nobody listens')
  await checkForwarding(world, standIn)
  if (/\[(alert|crit|emerg)\]/.test(nginx.log)) throw nginx.complaint('complained')
  const what = 'its pages, streaming, bodies over 1 MB and forwarded headers hold'
  return {
    seen: `${version.trim().replace('nginx version: ', '')}, nginx -t accepts nginx.conf; ${what}`,
    proxy: {
      showServices: () => {
        names = world.places
      },
    },
  }
}

async function checkOwnAnswers({ publicUrl, containers, ...world }: World): Promise<void> {
  const index = await fetch(`${publicUrl}/`)
  expectSame('status of the index page', index.status, 200)
  expectSame('type of the index page', index.headers.get('content-type'), 'text/html')
  const page = await index.text()
  for (const name of serviceNames({ publicUrl, containers, ...world })) {
    if (!page.includes(`href="/${name}/v1/health"`)) throw new Error(`the index page does not list ${name}`)
  }
  const nowhere = await fetch(`${publicUrl}/nowhere`)
  expectSame('status of an unknown address', nowhere.status, 404)
  expectSame('type of that answer', nowhere.headers.get('content-type'), 'application/problem+json')
  expectSame('its problem', ((await nowhere.json()) as { status: number }).status, 404)
}

/** A service that is away is told as the services tell it themselves. */
async function checkAway({ publicUrl }: World, what: string): Promise<void> {
  const answer = await fetch(`${publicUrl}/landsbond/v1/health`)
  expectSame(`status for ${what}`, answer.status, 503)
  expectSame(`type of the answer for ${what}`, answer.headers.get('content-type'), 'application/problem+json')
  expectSame(`Retry-After for ${what}`, answer.headers.get('retry-after'), '5')
  const { type, status } = (await answer.json()) as { type: string; status: number }
  expectSame(
    `problem for ${what}`,
    { type, status },
    { type: 'urn:problem-type:belgif:serviceUnavailable', status: 503 },
  )
}

async function checkForwarding(world: World, standIn: string): Promise<void> {
  const echo = await startEcho(standIn, 8080)
  const { publicUrl } = world
  try {
    const path = '/rights/v1/some%20thing?at=2025-06-30'
    const { url, headers } = await seenBehind(`${publicUrl}${path}`, { 'x-forwarded-for': '192.0.2.1' })
    const host = new URL(publicUrl).host
    expectSame('address behind the proxy', url, path)
    expectSame('Host behind the proxy', headers.host, host)
    expectSame('X-Forwarded-Host', headers['x-forwarded-host'], host)
    expectSame('X-Forwarded-Proto', headers['x-forwarded-proto'], 'http')
    expectSame('X-Forwarded-Port', headers['x-forwarded-port'], new URL(publicUrl).port)
    expectSame('X-Forwarded-For', headers['x-forwarded-for'], '192.0.2.1, 127.0.0.1')
    const large = await seenBehind(`${publicUrl}/contributions/v1/large`, {}, Buffer.alloc(LARGE_BYTES))
    expectSame('bytes of a large body', large.bytes, LARGE_BYTES)
    const stream = `${publicUrl}/reimbursement/v1/stream`
    expectSame('a body passes piece by piece', await streamsIn(stream, echo, STREAM_MS_MAX), true)
    expectSame('an answer passes piece by piece', await streamsOut(stream, STREAM_MS_MAX), true)
  } finally {
    await echo.stop()
  }
}

async function ok(url: string): Promise<Response> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${(await answer.text()).slice(0, 200)}`)
  return answer
}

/** Calls every service and Keycloak through nginx: it has to notice that they stand elsewhere than the stand-in did. */
export async function tryRoutes(world: World, proxy: Proxy): Promise<string> {
  const { publicUrl } = world
  proxy.showServices()
  const names = serviceNames(world)
  const end = performance.now() + FOLLOW_MS_MAX
  const healthy = (name: string): Promise<boolean> =>
    fetch(`${publicUrl}/${name}/v1/health`).then(({ ok: fine }) => fine)
  for (const name of names) {
    while (!(await healthy(name))) {
      if (performance.now() > end) await ok(`${publicUrl}/${name}/v1/health`)
      await new Promise((done) => setTimeout(done, 300))
    }
    await ok(`${publicUrl}/${name}/v1/doc/`)
  }
  const contract = await (await ok(`${publicUrl}/doc/asyncapi.yaml`)).text()
  if (!contract.startsWith('asyncapi:')) throw new Error(`/doc/asyncapi.yaml begins with ${contract.slice(0, 60)}`)
  const issuer = `${publicUrl}/auth/realms/ziv`
  const found = (await (await ok(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>
  expectSame('issuer', found.issuer, issuer)
  expectSame('key set', found.jwks_uri, `${issuer}/protocol/openid-connect/certs`)
  return `health and documentation of ${names.length} services, /doc/asyncapi.yaml and the issuer answer through nginx, which looked up their new addresses`
}
