export { type AnswerRows, answerDigest, answerDigests } from './answer-digest.ts'
export type { IssueScope } from './file-routes.ts'
export { fileRunKind } from './file-run.ts'
export { createFiles, type Files } from './files.ts'
export { intakeMigrations } from './migrations.ts'
export { dropPages, type Page, readPages, storePages } from './pages.ts'
export { fileRoutes } from './routes.ts'
export { storeIssues } from './store.ts'
export type {
  FileEnd,
  FileHead,
  FileIssue,
  FileKind,
  FileParams,
  FileWork,
  IntakeFile,
  Staged,
} from './types.ts'
export { Upload } from './upload.ts'
