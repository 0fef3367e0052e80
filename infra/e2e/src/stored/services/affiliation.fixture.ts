import { by, free, type OwnTables } from '../held.fixture.ts'

/** @public read by the list of all columns, by the name of the service */
export const own: OwnTables = {
  files: {
    answers: 'affiliation: answers to files of members equal what was recorded with their end',
    kind: 'memberImport',
  },
  tables: {
    'app.insz_index': [by('affiliation: index of numbers', 'insz_index person_id replaced')],
    'app.affiliations': [
      by(
        'affiliation: affiliations equal the log',
        'affiliation_id person_id insurer ziekenfonds valid_from valid_to reason',
      ),
    ],
    'app.erasures': [
      by('affiliation: erasures equal the log', 'person_id'),
      free(
        'one that is said to be open is done again; of one said to be done the key may not be there',
        'requested_at done_at',
      ),
    ],
  },
}
