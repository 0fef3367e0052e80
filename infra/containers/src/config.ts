const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'JAVA_HOME'] as const

/** What a process needs of this machine to run at all; everything else comes from the compose file, as in a container. */
export function machineEnvironment(): Record<string, string> {
  const known = passedOn.map((name) => [name, process.env[name]] as const)
  return Object.fromEntries(known.filter((pair): pair is [(typeof passedOn)[number], string] => pair[1] !== undefined))
}

/** Everything this user has set, for tools that fetch: where packages come from is said there too. */
export function userEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
