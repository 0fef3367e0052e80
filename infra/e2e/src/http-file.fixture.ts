/** One request of a `.http` file, with its places still to fill. */
export interface FiledRequest {
  readonly title: string
  readonly name: string
  /** The status that its title says it answers. */
  readonly answers: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Reads the form that editors send: requests behind `###`, `@name = value` before them. Throws on a part it does not know. */
export function readHttpFile(text: string): {
  readonly variables: Readonly<Record<string, string>>
  readonly requests: readonly FiledRequest[]
} {
  const [head = '', ...parts] = text.split(/^### */m)
  const variables = Object.fromEntries(
    Array.from(head.matchAll(/^@(\w+) = (.*)$/gm), ([, name, value]) => [name, value]),
  )
  return { variables, requests: parts.map(readRequest) }
}

function readRequest(part: string): FiledRequest {
  const [titleLine = '', nameLine = '', requestLine = '', ...rest] = part.split('\n')
  const name = /^# @name (\w+)$/.exec(nameLine)?.[1]
  const answers = /answers (\d{3})$/.exec(titleLine)?.[1]
  const [, method, url] = /^(GET|POST) (\S+)$/.exec(requestLine) ?? []
  if (!name || !answers || !method || !url) throw new Error(`not a request: ${part.slice(0, 200)}`)
  const blank = rest.indexOf('')
  const headers = rest.slice(0, blank).map((line) => {
    const [, header, value] = /^([\w-]+): (.+)$/.exec(line) ?? []
    if (!header || !value) throw new Error(`not a header: ${line}`)
    return [header, value] as const
  })
  const body = rest.slice(blank).join('\n').trim()
  const told = { headers: Object.fromEntries(headers), body: body === '' ? undefined : body }
  return { title: titleLine, name, answers: Number(answers), method, url, ...told }
}

/** Fills `{{name}}` and `{{name.response.body.path[0]}}`; throws for a place that nothing fills. */
export function fill(text: string, variables: Readonly<Record<string, string>>, bodies: ReadonlyMap<string, unknown>) {
  return text.replace(/\{\{(.+?)\}\}/g, (place, wanted: string) => {
    const [, name, path] = /^(\w+)\.response\.body\.(.+)$/.exec(wanted) ?? []
    const steps = path?.split(/\.|\[|\]/).filter((step) => step !== '') ?? []
    const value = name
      ? steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], bodies.get(name))
      : variables[wanted]
    if (typeof value !== 'string') throw new Error(`nothing fills ${place}`)
    return value
  })
}
