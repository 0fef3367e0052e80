export { type AnswerRows, answerDigest, answerDigests } from './answer-digest.ts'
export { fileRejections } from './file-rejections.ts'
export type { FileDoor, IssueScope } from './file-routes.ts'
export type { Files } from './files.ts'
export { type AnyDefinedFile, createIntake, type DefinedFile, type Intake } from './intake.ts'
export { lineDoor } from './lines/line-door.ts'
export { type Line, type LineIssue, type LinesAt, lineFile } from './lines/line-file.ts'
export type { LineFacts } from './lines/stage-lines.ts'
export type { StagedLine } from './lines/staged-lines.ts'
export { intakeMigrations } from './migrations.ts'
export { dropPages, type Page, readPages, storePages } from './pages.ts'
export type { PlaceName } from './place-words.ts'
export { isStanding } from './standing.ts'
export { storeIssues } from './store.ts'
export type {
  FileEnd,
  FileHead,
  FileIssue,
  FileKind,
  FileParams,
  FileWork,
  IntakeFile,
  Received,
  Since,
  Staged,
} from './types.ts'
export { Upload } from './upload.ts'
