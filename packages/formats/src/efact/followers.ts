/** What may come after a record; `0` is the start of the records. */
const followers: Readonly<Record<string, readonly string[]>> = {
  '0': ['10'],
  '10': ['20'],
  '20': ['30', '40', '50'],
  '30': ['30', '40', '50', '80'],
  '40': ['40', '50', '80'],
  '50': ['50', '51', '52', '80'],
  '51': ['50', '52', '80'],
  '52': ['50', '80'],
  '80': ['20', '90'],
  '90': ['95'],
  '95': ['95', '96'],
}

/** Whether a record may stand behind another. */
export const mayFollow = (previous: string, type: string): boolean => followers[previous]?.includes(type) === true
