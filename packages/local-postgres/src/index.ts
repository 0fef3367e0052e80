export {
  type EmbeddedPostgres,
  endEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.ts'
