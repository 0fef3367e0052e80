/** The PostgreSQL the specs shall use, when the environment names one. Its role must be allowed to create databases. */
export function databaseUrlFromEnvironment(): string | undefined {
  const url = process.env.DATABASE_URL
  return url === undefined || url === '' ? undefined : url
}

/** A folder in memory for what a run of tests makes: that of the environment, else the one that Linux has. */
export const memoryFolderFromEnvironment = (): string => process.env.ZIV_MEMORY_FOLDER ?? '/dev/shm'
