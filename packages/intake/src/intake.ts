import { createRuns, type RunKind, type Runs, type RunsOptions } from '@ziv/runs'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { AnswerRows } from './answer-digest.ts'
import type { FileDoor } from './file-routes.ts'
import { fileRunKind } from './file-run.ts'
import { createFiles, type Files } from './files.ts'
import { fileRoutes } from './routes.ts'
import type { FileKind } from './types.ts'

/** How the answers to the files of a kind are held to the log. */
export interface FileAnswers {
  /** What the files are called in the check: `billing files`. */
  readonly what: string
  /** The streams `<aggregate>-<fileId>` hold the end of a file, an event with its `answerDigest`. Default: the kind. */
  readonly aggregate?: string
  /** What the kind keeps of a file for its answer. */
  readonly rows?: AnswerRows
}

/** A kind of file with its door and its answers: the one definition of it. */
export interface DefinedFile<F, I, V extends z.ZodObject> extends FileKind<F, I> {
  readonly door: FileDoor<F, V>
  readonly answers: FileAnswers
}

// biome-ignore lint/suspicious/noExplicitAny: kinds of different facts and items stand in one list
type Whatever = any

/** A kind of whatever facts and items: several stand in one list. */
export type AnyDefinedFile = FileKind<Whatever, Whatever, Whatever> &
  Pick<DefinedFile<Whatever, Whatever, Whatever>, 'door' | 'answers'>

export interface IntakeOptions extends RunsOptions {
  /** Name of the API of the service. */
  readonly api: string
  /** The kinds of file that the service takes: all that it and whoever calls it have of them is made from this list. */
  readonly kinds: readonly AnyDefinedFile[]
  /** Long work of the service that is over no file. */
  readonly others?: readonly RunKind<Whatever, Whatever, Whatever>[]
}

/** The files and the long work of one service, with the routes of every kind of file. */
export interface Intake {
  readonly api: string
  readonly kinds: readonly AnyDefinedFile[]
  readonly runs: Runs
  readonly files: Files
  readonly routes: (scope: FastifyInstance) => Promise<void>
}

/** Makes the files and the runs of a service from the list of its kinds. Starts nothing. */
export function createIntake({ api, kinds, others = [], ...options }: IntakeOptions): Intake {
  const { database, clock, logger } = options
  const ofFiles = kinds.map((kind) => fileRunKind({ database, clock, runs: () => runs }, kind))
  const runs: Runs = createRuns(options, [...others, ...ofFiles])
  const files = createFiles({ database, clock, logger, runs }, kinds)
  const routes = async (scope: FastifyInstance): Promise<void> => {
    for (const { kind, door, isSame, withdrawn } of kinds) {
      const may = { mayRepeat: isSame !== undefined, mayWithdraw: withdrawn !== undefined }
      await fileRoutes(scope, { ...door, kind, ...may, api, files, database })
    }
  }
  return { api, kinds, runs, files, routes }
}
