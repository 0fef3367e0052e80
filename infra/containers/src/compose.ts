import { parse } from 'yaml'

/** One entry under `services:` of the compose file, as far as this command runs it. Lists are empty when it says nothing. */
export interface Container {
  readonly name: string
  readonly image: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** The command of the health check, without `CMD` in front. */
  readonly healthTest: readonly string[]
  /** How long Docker lets it be unhealthy before it counts as such: start period and all tries, in milliseconds. */
  readonly healthLimitMs: number
  /** How long Docker waits for it to end by itself, in milliseconds. */
  readonly stopLimitMs: number
}

interface Written {
  readonly image?: string
  readonly entrypoint?: string[]
  readonly command?: string[]
  readonly environment?: Record<string, string | number | null>
  readonly stop_grace_period?: string
  readonly healthcheck?: { test?: string[]; interval?: string; retries?: number; start_period?: string }
}

/** `${NAME}` and `${NAME:-default}` as Docker Compose fills them in; throws for a form that is not one of these. */
export function fillIn(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{([^}]*)\}/g, (all, inside: string) => {
    const found = /^(\w+)(?::-(.*))?$/.exec(inside)
    if (found === null) throw new Error(`${all} in the compose file is a form that is not known here`)
    return given[found[1]!] || (found[2] ?? '')
  })
}

const seconds = (text: string | undefined): number => {
  if (text === undefined) return 0
  const found = /^(\d+)s$/.exec(text)
  if (found === null) throw new Error(`the compose file waits "${text}" somewhere: say it in seconds`)
  return Number(found[1])
}

function containerOf(name: string, written: Written, given: Readonly<Record<string, string>>): Container {
  const fill = (text: string): string => fillIn(text, given)
  const { healthcheck = {} } = written
  const environment = Object.entries(written.environment ?? {}).map(([key, value]) => [key, fill(String(value ?? ''))])
  return {
    name,
    image: fill(written.image ?? ''),
    entrypoint: (written.entrypoint ?? []).map(fill),
    command: (written.command ?? []).map(fill),
    environment: Object.fromEntries(environment),
    healthTest: (healthcheck.test ?? []).slice(1).map(fill),
    healthLimitMs:
      (seconds(healthcheck.start_period) + seconds(healthcheck.interval) * (healthcheck.retries ?? 1)) * 1_000,
    stopLimitMs: seconds(written.stop_grace_period ?? '10s') * 1_000,
  }
}

/**
 * The containers of a compose file by name, with the variables of its user filled in. Throws when the file is no YAML, has
 * no services, or names a variable in an unknown form.
 */
export function readCompose(text: string, given: Readonly<Record<string, string>>): ReadonlyMap<string, Container> {
  // `<<` is of YAML 1.1: compose files use it, the parser has to be told
  const file = parse(text, { merge: true }) as { services?: Record<string, Written> } | null
  const services = Object.entries(file?.services ?? {})
  if (services.length === 0) throw new Error('the compose file names no services')
  return new Map(services.map(([name, written]) => [name, containerOf(name, written, given)]))
}

/**
 * The version to ask Maven for when Docker would pull `image:tag`: a tag of two numbers moves along with the newest
 * release of that line, so it becomes a range. Throws when the image has no tag of numbers.
 */
export function mavenVersionOf(image: string): string {
  const tag = image.split(':')[1] ?? ''
  if (/^\d+\.\d+\.\d+$/.test(tag)) return tag
  const line = /^(\d+)\.(\d+)$/.exec(tag)
  if (line === null) throw new Error(`the image ${image} has no version to look for`)
  return `[${tag},${line[1]}.${Number(line[2]) + 1}-alpha)`
}
