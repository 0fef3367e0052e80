import { decodeUtf8 } from '@ziv/kernel'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'

/** Spread into a `z.strictObject` of the query of a list: `page` from 1, `pageSize` up to 200. */
export const pageQuery = {
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe('Page asked for; the first is 1')
    .meta({ example: 1 }),
  pageSize: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .describe('Items per page, at most 200')
    .meta({ example: 50 }),
}

/** For lists that only grow at one end: keyset paging by an opaque cursor. */
export const cursorQuery = {
  cursor: z.string().max(200).optional().describe('Where the page starts: taken from the link next of the page before'),
  pageSize: pageQuery.pageSize,
}

const link = (what: string) => z.string().optional().describe(what).meta({ example: '/affiliation/v1/persons?page=2' })

/**
 * Schema of one page of a collection. `name` is the plural, it names the component (`Persons`).
 * Answer it with `pageOf` or `cursorPageOf`.
 */
export function collectionOf<T extends z.ZodType>(name: string, item: T) {
  return z
    .object({
      items: z.array(item).describe('Items of this page'),
      total: z.int().optional().describe('Items over all pages').meta({ example: 1 }),
      page: z.int().optional().describe('This page; the first is 1').meta({ example: 1 }),
      pageSize: z.int().describe('Most items a page can have').meta({ example: 50 }),
      self: z.string().describe('This page').meta({ example: '/affiliation/v1/persons' }),
      first: link('First page'),
      prev: link('Page before'),
      next: link('Page after; absent on the last'),
      last: link('Last page'),
    })
    .meta({ title: name, description: `One page of ${name}` })
}

/** One page of a collection, with links to itself and its neighbours. */
export interface Page<T> {
  readonly items: T[]
  readonly total?: number
  readonly page?: number
  readonly pageSize: number
  readonly self: string
  readonly first?: string
  readonly prev?: string
  readonly next?: string
  readonly last?: string
}

/** The address of this request with other query values; undefined ones are left out. */
function linkTo(request: FastifyRequest, values: Readonly<Record<string, string | number | undefined>>): string {
  const [path = '', query = ''] = request.url.split('?', 2)
  const params = new URLSearchParams(query)
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) params.delete(name)
    else params.set(name, String(value))
  }
  const text = params.toString()
  return text === '' ? path : `${path}?${text}`
}

/**
 * One page with its links. Without `total`, give `hasMore` so that `next` can be told.
 */
export function pageOf<T>(
  request: FastifyRequest,
  found: {
    readonly items: readonly T[]
    readonly page: number
    readonly pageSize: number
    readonly total?: number
    readonly hasMore?: boolean
  },
): Page<T> {
  const { items, page, pageSize, total } = found
  const at = (number: number): string => linkTo(request, { page: number, pageSize })
  const last = total === undefined ? undefined : Math.max(1, Math.ceil(total / pageSize))
  const more = last === undefined ? found.hasMore === true : page < last
  return {
    items: [...items],
    ...(total === undefined ? {} : { total }),
    page,
    pageSize,
    self: at(page),
    first: at(1),
    ...(page > 1 ? { prev: at(page - 1) } : {}),
    ...(more ? { next: at(page + 1) } : {}),
    ...(last === undefined ? {} : { last: at(last) }),
  }
}

/** One page of a list with keyset paging; `next` is the cursor behind the last item, null on the last page. */
export function cursorPageOf<T>(
  request: FastifyRequest,
  found: { readonly items: readonly T[]; readonly pageSize: number; readonly next: string | null },
): Page<T> {
  const { items, pageSize, next } = found
  return {
    items: [...items],
    pageSize,
    self: request.url,
    first: linkTo(request, { cursor: undefined, pageSize }),
    ...(next === null ? {} : { next: linkTo(request, { cursor: next, pageSize }) }),
  }
}

/** Cursors are opaque to clients: base64url of the key. */
export const toCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url')

/** The key in a cursor; null when it is not one of ours. */
export const fromCursor = (cursor: string): string | null => {
  const key = decodeUtf8(Buffer.from(cursor, 'base64url'))
  return key !== null && toCursor(key) === cursor ? key : null
}
