import { cp, mkdir, readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { mavenVersionOf } from '../compose.ts'
import { userEnvironment } from '../config.ts'
import { CannotTry } from '../report.ts'
import { addressOf, containerOf, environmentOf, expectSame, findProgram, rootFolder, type World } from '../world.ts'

const START_MS_MAX = 240_000

interface RealmUser {
  readonly username: string
  readonly realmRoles: readonly string[]
  readonly attributes: Readonly<Record<string, readonly string[]>>
  readonly credentials: readonly { readonly value: string }[]
}

interface Realm {
  readonly realm: string
  readonly clients: readonly { readonly clientId: string }[]
  readonly users: readonly RealmUser[]
}

const readRealm = async (): Promise<Realm> =>
  JSON.parse(await readFile(join(rootFolder, 'infra/compose/keycloak/ziv-realm.json'), 'utf8')) as Realm

/** Unpacks the distribution of the version that the image's tag stands for; answers its folder, named after the version. */
async function unpack(world: World, image: string): Promise<{ folder: string; version: string }> {
  for (const program of ['java', 'mvn']) {
    if ((await findProgram(program)) === undefined)
      throw new CannotTry(`${program} is not installed: it runs on a JVM and comes by Maven`)
  }
  const target = join(world.folder, 'keycloak')
  const goal = ['-q', '-B', 'dependency:unpack-dependencies', `-Dkeycloak.version=${mavenVersionOf(image)}`]
  const places = [`-DoutputDirectory=${target}`, `-DmarkersDirectory=${join(world.folder, 'markers')}`]
  const fetching = world.processes.run({
    ...{ name: 'maven', command: 'mvn', arguments: [...goal, ...places], environment: userEnvironment() },
    folder: resolve(import.meta.dirname, '../..'),
  })
  await fetching.catch((error: Error) => {
    throw new CannotTry(`Maven could not bring the distribution for ${image}: ${error.message}`)
  })
  const name = (await readdir(target))[0] ?? ''
  return { folder: join(target, name), version: name.replace('keycloak-', '') }
}

/** Starts Keycloak as the compose file does and takes a token for every user of the realm. */
export async function tryKeycloak(world: World): Promise<string> {
  const { image, command } = containerOf(world, 'keycloak')
  const { folder, version } = await unpack(world, image)
  await mkdir(join(folder, 'data/import'), { recursive: true })
  await cp(join(rootFolder, 'infra/compose/keycloak'), join(folder, 'data/import'), { recursive: true })
  const address = addressOf(world, 'keycloak')
  const keycloak = world.processes.start({
    ...{ name: 'keycloak', command: 'sh', arguments: ['bin/kc.sh', ...command], folder },
    // the last two keep it off the network, as the compose file does by not publishing a port
    environment: { ...environmentOf(world, 'keycloak'), KC_HTTP_HOST: address, KC_HTTP_MANAGEMENT_HOST: address },
  })
  const startedMs = performance.now()
  const ready = `http://${address}:9000/auth/health/ready`
  await keycloak.until(
    () =>
      fetch(ready).then(
        ({ ok }) => ok,
        () => false,
      ),
    START_MS_MAX,
  )
  const took = ((performance.now() - startedMs) / 1_000).toFixed(1)
  const { users } = await readRealm()
  for (const user of users) checkClaims(await tokenFrom(`http://${address}:8080`, user.username), user, world.publicUrl)
  return `Keycloak ${version} ready after ${took} s, the realm was imported, tokens of all ${users.length} users carry the roles and claims of the realm`
}

/** A token of a user of the realm, from Keycloak itself or through the host in front. Throws with the answer when there is none. */
export async function tokenFrom(host: string, username: string): Promise<string> {
  const { realm, clients, users } = await readRealm()
  const user = users.find((one) => one.username === username)
  if (user === undefined) throw new Error(`the realm has no user ${username}`)
  const answer = await fetch(`${host}/auth/realms/${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'password', client_id: clients[0]!.clientId },
      ...{ username, password: user.credentials[0]!.value },
    }),
  })
  const body = await answer.text()
  if (!answer.ok) throw new Error(`no token for ${username}: ${answer.status} ${body.slice(0, 300)}`)
  return (JSON.parse(body) as { access_token: string }).access_token
}

function checkClaims(token: string, user: RealmUser, publicUrl: string): void {
  const payload = Buffer.from(token.split('.')[1]!, 'base64url').toString()
  const claims = JSON.parse(payload) as Record<string, unknown> & { realm_access?: { roles: string[] } }
  const who = `token of ${user.username}`
  expectSame(`${who}, issuer`, claims.iss, `${publicUrl}/auth/realms/ziv`)
  expectSame(`${who}, audience`, claims.aud, 'ziv')
  expectSame(`${who}, roles`, claims.realm_access?.roles.toSorted(), user.realmRoles.toSorted())
  for (const [name, [value]] of Object.entries(user.attributes)) expectSame(`${who}, ${name}`, claims[name], value)
}
