export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  endEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'
