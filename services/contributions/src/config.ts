import { z } from 'zod'

/** Settings of the contributions service; each can be left out. */
const schema = z.object({
  /** A file with more bad records than this percentage of its records is refused as a whole. */
  ZIV_SLIPS_BAD_RECORDS_PERCENT_MAX: z.coerce.number().int().min(0).max(100).default(50),
  /** Issues listed per file; the others are only counted. */
  ZIV_SLIPS_ISSUES_MAX: z.coerce.number().int().min(1).default(100_000),
  /** Persons per transaction in intakes, bulk attests, payments and settlement runs. */
  ZIV_CONTRIBUTIONS_CHUNK: z.coerce.number().int().min(1).max(10_000).default(1_000),
  /** Largest slip file in bytes. */
  ZIV_SLIPS_FILE_BYTES_MAX: z.coerce.number().int().min(1).default(4_000_000_000),
})

export interface ContributionsConfig {
  /** A file with more bad records than this share (percent) of its records is refused as a whole. */
  readonly badRecordsPercentMax: number
  readonly issuesMax: number
  /** Persons per transaction. */
  readonly personsPerChunk: number
  /** Slips held in memory until they are stored, in one transaction. */
  readonly rowsPerChunk: number
  readonly fileBytesMax: number
}

/** Reads the settings; a wrong one stops the start with its name. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): ContributionsConfig {
  const parsed = schema.parse(env)
  return {
    badRecordsPercentMax: parsed.ZIV_SLIPS_BAD_RECORDS_PERCENT_MAX,
    issuesMax: parsed.ZIV_SLIPS_ISSUES_MAX,
    personsPerChunk: parsed.ZIV_CONTRIBUTIONS_CHUNK,
    rowsPerChunk: 20_000,
    fileBytesMax: parsed.ZIV_SLIPS_FILE_BYTES_MAX,
  }
}
