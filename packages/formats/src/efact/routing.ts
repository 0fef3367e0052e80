/** Ziekenfondsen of group 3 whose bills go to the landsbond itself. */
const sentToLandsbond3: ReadonlySet<string> = new Set([
  '304',
  '305',
  '309',
  '311',
  '315',
  '317',
  '319',
  '322',
  '323',
  '325',
])

export interface Routing {
  /** Zone 7. */
  readonly affiliation: string
  /** Zone 18. */
  readonly destination: string
}

/**
 * Where the bill of a member of a ziekenfonds goes. Zone 7 is not told for the landsbonden 2, 4 and 5; bills of group 4
 * go to 400, of ten funds of group 3 to 300, of the other funds (and of medical houses in 306) to the fund itself.
 */
export function routingOf(ziekenfonds: string): Routing {
  if (!/^[1-69]\d\d$/u.test(ziekenfonds)) throw new RangeError(`'${ziekenfonds}' is not the number of a ziekenfonds`)
  const group = ziekenfonds[0]!
  const affiliation = group === '2' || group === '4' || group === '5' ? '000' : ziekenfonds
  if (group === '4') return { affiliation, destination: '400' }
  return { affiliation, destination: sentToLandsbond3.has(ziekenfonds) ? '300' : ziekenfonds }
}
