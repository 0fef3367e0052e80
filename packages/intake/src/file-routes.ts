import { type Caller, idInput, problem, type Role, type RouteAccess } from '@ziv/http'
import type { Database } from '@ziv/postgres'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Files } from './files.ts'
import type { FileHead, IntakeFile } from './types.ts'

/** The part of a file that a caller sees: everything, or what is of an insurer or of one of its ziekenfondsen. */
export interface IssueScope {
  readonly insurer?: string
  readonly ziekenfonds?: string
}

/** How the files of a kind are followed as tasks; whoever may read a file is led to it. */
export interface FileTask {
  /** Who follows them. Default: who reads them. */
  readonly roles?: readonly Role[]
  /** Roles of no tenant that see all of them. */
  readonly openTo?: readonly Role[]
  /**
   * SQL: whether `caller` (columns `insurer`, `ziekenfonds` and `provider_number`, each null when it restricts nothing) sees the
   * file `f`. Default: every one.
   */
  readonly seen?: string
  /** SQL of how much is done and of how much there is; `f` is the file, `run.counts` what its run counted so far. */
  readonly done: string
  readonly total: string
}

/** The door of one kind of file: how it is sent, who reads it, how it is shown, and how it is followed. */
export interface FileDoor<F, V extends z.ZodObject> {
  /** Name of the resource in the plural: `slipIntakes`. */
  readonly resource: string
  readonly tag: string
  /** `Send a file of slips` and what the body is. */
  readonly summary: string
  readonly description: string
  /** Media types and the format that each is. */
  readonly formats: Readonly<Record<string, string>>
  /** The format has one byte per character: it is ISO-8859-1 unless the Content-Type says otherwise. */
  readonly oneBytePerCharacter?: boolean
  /** What becomes of the same bytes sent again, where the kind has a rule of its own (`isSame`); default: the sentence of `isStanding`. */
  readonly repeats?: string
  readonly bodyLimit: number
  readonly send: RouteAccess
  readonly read: RouteAccess
  /** Who sends and for whom, after the check that the caller may. */
  readonly headOf: (request: FastifyRequest) => Omit<FileHead, 'format'>
  /** Told once the file was read, where only its content says whether the caller may send it; see `problemOf`. */
  readonly checkSent?: (request: FastifyRequest) => void
  /** The problem that an error of the kind is. */
  readonly problemOf?: (error: unknown) => Error | undefined
  /** Throws unless the caller may see the file (null: there is none); tells which part of it. */
  readonly scopeOf: (caller: Caller, file: IntakeFile<F> | null) => IssueScope | Promise<IssueScope>
  /** The file as it is shown, without its address. */
  readonly view: V
  readonly toView: (file: IntakeFile<F>, scope: IssueScope) => object | Promise<object>
  /** Further fields that an issue of this kind has. */
  readonly issueDetail?: z.ZodRawShape
  readonly task: FileTask
}

/** What the routes of a kind are made of. */
export interface FileRoutes<F, V extends z.ZodObject> extends FileDoor<F, V> {
  readonly files: Files
  readonly database: Database
  /** Name of the API: `contributions`. */
  readonly api: string
  /** Kind of the file: the resource in the singular. */
  readonly kind: string
  /** Its kind may take the same bytes anew: see `isSame` of the kind. */
  readonly mayRepeat: boolean
  /** One whose work failed can be withdrawn: see `withdrawn` of the kind. */
  readonly mayWithdraw: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: the parts below do not look into the facts of a file
export type AnyFileRoutes = FileRoutes<any, any>

/** The name of an operation on the resource: `createSlipIntake`. */
export const operationOf = (verb: string, { kind }: { readonly kind: string }, rest = ''): string =>
  `${verb}${kind.charAt(0).toUpperCase()}${kind.slice(1)}${rest}`

/** Name of the identifier in addresses and answers: `intakeId` of `slipIntakes`. */
export const idOf = ({ kind }: { readonly kind: string }): string =>
  `${kind.replace(/^.*(?=[A-Z])/, '').toLowerCase()}Id`

/** Address of a file. */
export const fileHref = ({ api, resource }: Pick<AnyFileRoutes, 'api' | 'resource'>, fileId: string): string =>
  `/${api}/v1/${resource}/${fileId}`

/** The file that the address names, and what the caller may see of it; 404 or 403 otherwise. */
export async function seenFile(
  { files, kind, scopeOf }: AnyFileRoutes,
  caller: Caller,
  fileId: string,
): Promise<{ readonly file: IntakeFile; readonly scope: IssueScope }> {
  const file = await files.find(kind, fileId)
  const scope = await scopeOf(caller, file)
  if (file === null) throw problem('resourceNotFound')
  return { file, scope }
}

/** The parameter of the address of a file. */
export const fileParams = (options: Pick<AnyFileRoutes, 'kind'>) =>
  z.strictObject({ [idOf(options)]: idInput('Identifier of the file') })
