import { z } from 'zod'

/** Settings of the rights service; each can be left out. */
const schema = z.object({
  /** Persons per transaction in renewals, warnings and rebuilds. */
  ZIV_RIGHTS_CHUNK: z.coerce.number().int().min(1).max(10_000).default(500),
})

export interface RightsConfig {
  readonly personsPerChunk: number
}

/** Reads the settings; a wrong one stops the start with its name. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): RightsConfig {
  return { personsPerChunk: schema.parse(env).ZIV_RIGHTS_CHUNK }
}
