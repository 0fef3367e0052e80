export interface Column {
  readonly name: string
  readonly required: boolean
  /** For who fills it: what it is, and in which unit. */
  readonly meaning: string
}

/** Columns of a slip file, the same names in CSV and in JSON Lines. */
export const columns: readonly Column[] = [
  { name: 'ssin', required: true, meaning: 'INSZ of the worker' },
  { name: 'employerNumber', required: true, meaning: 'RSZ number or enterprise number of the employer' },
  { name: 'quarter', required: true, meaning: 'Quarter, as 2026Q1 or as in the declaration, 20261' },
  { name: 'amountCents', required: true, meaning: 'Wage of the quarter in euro cents' },
  { name: 'days', required: false, meaning: 'Days worked, in hundredths of a day' },
  { name: 'hours', required: false, meaning: 'Hours worked, in hundredths of an hour' },
  { name: 'employerClass', required: false, meaning: 'Category of the employer, up to three digits' },
  { name: 'workerCode', required: false, meaning: 'Code of the worker, up to three digits' },
  { name: 'reference', required: false, meaning: 'Reference of the sender, up to 50 characters' },
]

export const columnNames: ReadonlySet<string> = new Set(columns.map((column) => column.name))
