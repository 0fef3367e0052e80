export type { FileRoutes, IssueScope } from './file-routes.ts'
export { fileRunKind } from './file-run.ts'
export { createFiles, type Files, type FilesOptions } from './files.ts'
export { intakeMigrations } from './migrations.ts'
export { dropPages, type Page, readPages, storePages } from './pages.ts'
export { fileRoutes } from './routes.ts'
export { storeIssues } from './store.ts'
export {
  type FileEnd,
  type FileHead,
  type FileIssue,
  type FileKind,
  type FileOrigin,
  type FileParams,
  type FileWork,
  type IntakeFile,
  type Received,
  type Staged,
  UploadSwept,
} from './types.ts'
export { type NewIssue, Upload } from './upload.ts'
