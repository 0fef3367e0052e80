import type { Law } from './types.ts'

/**
 * Remembers what a rule resolved for a key (a year, say) under a law, so that bulk decisions read each parameter once. A law is
 * immutable, so what was resolved stays right; the memory goes with the law.
 */
export function perLaw<K, V>(resolve: (law: Law, key: K) => V): (law: Law, key: K) => V {
  const laws = new WeakMap<Law, Map<K, V>>()
  return (law, key) => {
    let resolved = laws.get(law)
    if (!resolved) {
      resolved = new Map()
      laws.set(law, resolved)
    }
    let value = resolved.get(key)
    if (value === undefined) {
      value = resolve(law, key)
      resolved.set(key, value)
    }
    return value
  }
}
