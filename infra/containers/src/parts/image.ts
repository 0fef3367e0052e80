import { cp, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { userEnvironment } from '../config.ts'
import { isIgnored, readDockerfile, type Step } from '../dockerfile.ts'
import { CannotTry } from '../report.ts'
import { findProgram, rootFolder, type World } from '../world.ts'

async function copy(step: Step & { kind: 'copy' }, folder: string, ignore: string): Promise<void> {
  const wanted = (source: string): boolean => !isIgnored(relative(rootFolder, source).split(sep).join('/'), ignore)
  for (const from of step.from) {
    // as Docker does: several files go into a folder, one file or folder goes to the name given
    const to = step.to.endsWith('/') ? join(folder, step.to, from) : join(folder, step.to)
    const source = join(rootFolder, from)
    if (wanted(source)) await cp(source, to, { recursive: (await stat(source)).isDirectory(), filter: wanted })
  }
}

/**
 * Follows the steps of the Dockerfile in an empty folder: what it copies, without what `.dockerignore` keeps out, and what
 * it installs. The services run from there, with the packages that the image holds and no others.
 */
export async function tryImage(world: World): Promise<string> {
  const npx = await findProgram('npx')
  if (npx === undefined) throw new CannotTry('npx is not installed: it brings the pnpm of the image')
  const { pnpm, steps } = readDockerfile(await readFile(join(rootFolder, 'Dockerfile'), 'utf8'))
  const ignore = await readFile(join(rootFolder, '.dockerignore'), 'utf8')
  const { image: folder } = world
  await mkdir(folder)
  for (const step of steps) {
    if (step.kind === 'copy') {
      await copy(step, folder, ignore)
      continue
    }
    if (step.anew) await rm(join(folder, 'node_modules'), { recursive: true })
    const name = `pnpm-${step.words[0]}`
    // without a terminal pnpm asks nothing
    const environment = { ...userEnvironment(), CI: 'true' }
    const installing = world.processes.run({
      name,
      command: npx,
      arguments: ['-y', pnpm, ...step.words],
      environment,
      folder,
    })
    await installing.catch((error: Error) => {
      throw step.words[0] === 'fetch' ? new CannotTry(error.message) : error
    })
  }
  return `the ${steps.length} steps of the Dockerfile that copy and install, in an empty folder; the services run from there on Node ${process.versions.node}`
}
