/** The PostgreSQL the specs shall use, when the environment names one. Its role must be allowed to create databases. */
export function databaseUrlFromEnvironment(): string | undefined {
  const url = process.env.DATABASE_URL
  return url === undefined || url === '' ? undefined : url
}
