import { element, inPieces } from '../xml/write.ts'
import type { NomensoftRow } from './types.ts'

/** Fee rows in the shape of a NomenSoft export, for tests and for tariff tables of the sandbox. */
export function writeNomensoft(rows: Iterable<NomensoftRow> | AsyncIterable<NomensoftRow>): AsyncGenerator<string> {
  return inPieces(parts(rows))
}

async function* parts(rows: Iterable<NomensoftRow> | AsyncIterable<NomensoftRow>): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<dataroot>\n'
  for await (const row of rows) yield rowText(row)
  yield '</dataroot>\n'
}

function rowText(row: NomensoftRow): string {
  return [
    '<NOMEN_HONORAIRES>',
    element('nomen_code', row.code),
    element('nomen_desc_nl', row.description.nl),
    element('nomen_desc_fr', row.description.fr),
    element('dbegin_fee', row.validFrom),
    element('dend_fee', row.validTo ?? '2999-12-31'),
    element('fee_code', row.feeCode),
    element('fee_code_cat', row.category),
    element('fee_code_desc_nl', row.feeDescription.nl),
    element('fee_code_desc_fr', row.feeDescription.fr),
    element('fee', row.amount),
    element('author_doc', row.document),
    '</NOMEN_HONORAIRES>\n',
  ].join('')
}
