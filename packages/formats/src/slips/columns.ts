export interface Column {
  readonly name: string
  readonly required: boolean
}

/** Columns of a slip file, the same names in CSV and in JSON Lines. */
export const columns: readonly Column[] = [
  { name: 'insz', required: true },
  { name: 'employerNumber', required: true },
  { name: 'quarter', required: true },
  { name: 'wageCents', required: true },
  { name: 'days', required: true },
  { name: 'hours', required: false },
  { name: 'employerClass', required: false },
  { name: 'workerCode', required: false },
  { name: 'reference', required: false },
]

export const columnNames: ReadonlySet<string> = new Set(columns.map((column) => column.name))
