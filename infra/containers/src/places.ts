/**
 * Where the containers stand: host and, where it differs from the container's own port, port. Docker gives every container
 * an address of its own; here each gets one of the loopback network, so that six services can all listen on port 8080.
 */
export type Places = ReadonlyMap<string, string>

/** An address per name, all under `127.<group>`, the same for the same names and group. `group` is two numbers of 0 to 255. */
export function placesOf(names: Iterable<string>, group: string): Map<string, string> {
  return new Map([...names].map((name, index) => [name, `127.${group}.${index + 2}`]))
}

/** The places as one container sees them: it calls itself `localhost`. */
export function seenFrom(places: Places, self: string): Places {
  const own = places.get(self)
  if (own === undefined) throw new Error(`${self} has no place`)
  return new Map([...places, ['localhost', own], ['127.0.0.1', own]])
}

/** Every `name:port` of a text with the name's place instead. A name without a port behind it is no host and stays. */
export function rewriteHosts(text: string, places: Places): string {
  const names = [...places.keys()].map((name) => name.replaceAll('.', String.raw`\.`))
  const host = new RegExp(String.raw`(?<![\w.-])(${names.join('|')}):(\d+)`, 'g')
  return text.replace(host, (_all, name: string, port: string) => {
    const place = places.get(name)!
    return place.includes(':') ? place : `${place}:${port}`
  })
}

function swap(text: string, file: string, from: RegExp, to: string): string {
  if (text.search(from) < 0) throw new Error(`${file} no longer says ${from.source}: this command has to follow it`)
  return text.replace(from, () => to)
}

export interface ProxyPlace {
  /** Loopback address that it listens on. */
  readonly address: string
  /** `address:port` of the name server that stands in for Docker's. */
  readonly nameServer: string
  /** Folder that stands in for `/etc/nginx`. */
  readonly settings: string
  /** Where it may write. */
  readonly scratch: string
}

/** nginx.conf with other addresses and folders and nothing else. Throws when the file lost a line that has to change. */
export function rewriteProxy(text: string, place: ProxyPlace): string {
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  // Debian's nginx wants to write where only root may
  const scratch = kept.map((name) => `  ${name}_temp_path ${place.scratch}/${name};\n`).join('')
  let changed = swap(text, 'nginx.conf', /resolver 127\.0\.0\.11\b/, `resolver ${place.nameServer}`)
  changed = swap(changed, 'nginx.conf', /listen 8080;/, `listen ${place.address}:8080;`)
  changed = swap(changed, 'nginx.conf', /http \{\n/, `http {\n${scratch}`)
  return swap(changed, 'nginx.conf', /\/etc\/nginx\b/g, place.settings)
}

/** server.properties of the broker with other addresses and another folder. Throws when it lost its folder of data. */
export function rewriteBroker(text: string, places: Places, self: string, folder: string): string {
  const seen = seenFrom(places, self)
  const hosts = rewriteHosts(text, seen).replaceAll(/:\/\/:(\d+)/g, `://${seen.get(self)}:$1`)
  return swap(hosts, 'server.properties', /^log\.dirs=.*$/m, `log.dirs=${folder}`)
}
