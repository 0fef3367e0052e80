import { type Caller, idInput, problem, type RouteAccess } from '@ziv/http'
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

/** The routes of one kind of file: how it is sent, who reads it, and how it is shown. */
export interface FileRoutes<F, V extends z.ZodObject> {
  readonly files: Files
  readonly database: Database
  /** Name of the API, and of the resource in the plural: `contributions`, `slipIntakes`. */
  readonly api: string
  readonly resource: string
  /** Kind of the file: the resource in the singular. */
  readonly kind: string
  readonly tag: string
  /** `Send a file of slips` and what the body is. */
  readonly summary: string
  readonly description: string
  /** Media types and the format that each is. */
  readonly formats: Readonly<Record<string, string>>
  /** The format has one byte per character: it is ISO-8859-1 unless the Content-Type says otherwise. */
  readonly oneBytePerCharacter?: boolean
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
