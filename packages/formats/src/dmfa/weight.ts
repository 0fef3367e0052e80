import type { Severity } from '../issue.ts'

/** Elements a slip is made of: breaking their rules makes a record unusable, elsewhere it is a warning. */
const used: ReadonlySet<string> = new Set([
  ...['DmfAOriginal', 'Form', 'Identification', 'EmployerDeclaration', 'Quarter', 'NOSSRegistrationNbr', 'CompanyID'],
  ...['NaturalPerson', 'INSS', 'WorkerRecord', 'EmployerClass', 'WorkerCode'],
  ...['NOSSQuarterStartingDate', 'NOSSQuarterEndingDate'],
  ...['Occupation', 'OccupationStartingDate', 'OccupationEndingDate'],
  ...['Service', 'ServiceCode', 'ServiceNbrDays', 'ServiceNbrHours', 'Remun', 'RemunCode', 'RemunAmount'],
  ...['WorkerContribution', 'ContributionWorkerCode', 'ContributionType', 'ContributionCalculationBasis'],
  ...['DismissedStatutoryWorkerContribution', 'GrossRefRemunAmount', 'SubjectionStartingDate', 'SubjectionEndingDate'],
])
/** Elements whose value may never be quoted in a message: they identify a person. */
const personal = /INSS|Worker(?:Name|FirstName|Initial|Birth|Street|House|PostBox|ZIP|City)|UserReference/u

/** How much a broken rule of an element weighs: an error makes the record unusable. */
export const weightOf = (...names: readonly string[]): Severity =>
  names.some((name) => used.has(name)) ? 'error' : 'warning'

/** Whether the value of a field may stand in a message. */
export const isQuotable = (field: string, value: string): boolean => value !== '' && !personal.test(field)
