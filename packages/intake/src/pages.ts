import { copyIn, copyText, type Queryable, type Transaction } from '@ziv/postgres'

/** A page of what waits between reading and working. Pages are read in the order of bucket and number. */
export interface Page {
  readonly bucket: number
  readonly page: number
  readonly content: string
}

const copySql = 'copy app_files.pages (file_id, bucket, page, content) from stdin (format text)'

/** Stores pages of a file, in the transaction of `Upload.store`. */
export async function storePages(tx: Transaction, fileId: string, pages: Iterable<Page>): Promise<void> {
  await copyIn(tx, copySql, linesOf(fileId, pages))
}

function* linesOf(fileId: string, pages: Iterable<Page>): Generator<string> {
  for (const { bucket, page, content } of pages) yield `${fileId}\t${bucket}\t${page}\t${copyText(content)}\n`
}

const pagesPerRead = 100

/** The pages of a file from a place on (exclusive), some at a time. */
export async function* readPages(
  q: Queryable,
  fileId: string,
  behind: { readonly bucket: number; readonly page: number },
  perRead = pagesPerRead,
): AsyncGenerator<readonly Page[]> {
  let after: readonly [number, number] = [behind.bucket, behind.page]
  for (;;) {
    const { rows } = await q.query<Page>({
      name: 'intake-pages',
      text: `select bucket, page, content from app_files.pages
              where file_id = $1 and (bucket, page) > ($2::int, $3::int) order by bucket, page limit $4`,
      values: [fileId, ...after, perRead],
    })
    if (rows.length > 0) yield rows
    if (rows.length < perRead) return
    const last = rows.at(-1)!
    after = [last.bucket, last.page]
  }
}

const dropPagesMax = 1_000

/** Removes the pages of a file, some at a time: a long transaction would freeze every reader of the cluster. */
export async function dropPages(q: Queryable, fileId: string): Promise<void> {
  for (;;) {
    const { rowCount } = await q.query(
      `delete from app_files.pages where (file_id, bucket, page) in (
         select file_id, bucket, page from app_files.pages where file_id = $1 order by bucket, page limit $2)`,
      [fileId, dropPagesMax],
    )
    if ((rowCount ?? 0) < dropPagesMax) return
  }
}

/** Files that left pages although nothing will read them any more: their process died between their end and the removal. */
export async function filesWithLeftPages(
  q: Queryable,
): Promise<readonly { readonly fileId: string; readonly kind: string | null }[]> {
  const { rows } = await q.query<{ file_id: string; kind: string | null }>(
    `select distinct p.file_id, f.kind from app_files.pages p left join app_files.files f using (file_id)
      where f.file_id is null or f.state = 'done'`,
  )
  return rows.map(({ file_id: fileId, kind }) => ({ fileId, kind }))
}
