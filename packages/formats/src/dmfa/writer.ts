import { numberOfQuarter, yearOfQuarter } from '@ziv/kernel'
import { element, inPieces } from '../xml/write.ts'
import type {
  DmfaContribution,
  DmfaFormInput,
  DmfaOccupationInput,
  DmfaPersonInput,
  DmfaService,
  DmfaWorkerRecordInput,
} from './types.ts'

const fullTimeReference = 3800
const fullWeek = 500

/**
 * Quarterly declarations as the RSZ schema (DmfAOriginal 2022/3) wants them: one form per employer and quarter, any
 * number of persons, streamed. Amounts are cents, days and hours hundredths. Throws a RangeError for input that the
 * schema cannot hold, such as an employer without a number.
 */
export function writeDmfa(
  forms: DmfaFormInput | Iterable<DmfaFormInput> | AsyncIterable<DmfaFormInput>,
): AsyncGenerator<string> {
  return inPieces(parts('quarter' in forms ? [forms] : forms))
}

async function* parts(forms: Iterable<DmfaFormInput> | AsyncIterable<DmfaFormInput>): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<DmfAOriginal xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
  yield 'xsi:noNamespaceSchemaLocation="DmfAOriginal_20223.xsd">\n'
  for await (const form of forms) {
    yield formStart(form)
    let sequence = 0
    for await (const person of form.persons) {
      sequence += 1
      yield personText(person, sequence, form)
    }
    if (sequence === 0) throw new RangeError('a declaration needs at least one person')
    yield '</EmployerDeclaration></Form>\n'
  }
  yield '</DmfAOriginal>\n'
}

function formStart(form: DmfaFormInput): string {
  if (form.employerNumber === undefined && form.enterpriseNumber === undefined) {
    throw new RangeError('an employer needs an RSZ number or an enterprise number')
  }
  const number = form.reference === undefined ? '' : element('ReferenceNbr', form.reference.slice(0, 20))
  const origin = '<ReferenceType>1</ReferenceType><ReferenceOrigin>1</ReferenceOrigin>'
  const reference = number === '' ? '' : `<Reference>${origin}${number}</Reference>`
  return [
    '<Form><Identification>DMFA</Identification>',
    element('FormCreationDate', form.createdOn),
    element('FormCreationHour', form.createdAt ?? '00:00:00.000'),
    '<AttestationStatus>0</AttestationStatus><TypeForm>SU</TypeForm>',
    reference,
    '<EmployerDeclaration>',
    element('Quarter', `${yearOfQuarter(form.quarter)}${numberOfQuarter(form.quarter)}`),
    element('NOSSRegistrationNbr', form.employerNumber ?? '0'),
    element('Trusteeship', form.trusteeship === true ? 1 : 0),
    element('CompanyID', form.enterpriseNumber ?? '0'),
    element('NetOwedAmount', digits(form.netOwedCents ?? 0, 15)),
    '\n',
  ].join('')
}

function personText(person: DmfaPersonInput, sequence: number, form: DmfaFormInput): string {
  const records = person.workerRecords.map((record) => recordText(record, form)).join('')
  const reference = person.reference === undefined ? '' : element('NaturalPersonUserReference', person.reference)
  return [
    '<NaturalPerson>',
    element('NaturalPersonSequenceNbr', digits(sequence, 7)),
    element('INSS', person.insz),
    reference,
    records,
    '</NaturalPerson>\n',
  ].join('')
}

function recordText(record: DmfaWorkerRecordInput, form: DmfaFormInput): string {
  if (record.occupations.length === 0) throw new RangeError('a worker record needs at least one occupation')
  const year = yearOfQuarter(form.quarter)
  const quarter = numberOfQuarter(form.quarter)
  const last = ['03-31', '06-30', '09-30', '12-31'][quarter - 1]
  return [
    '<WorkerRecord>',
    element('EmployerClass', record.employerClass.padStart(3, '0')),
    element('WorkerCode', record.workerCode.padStart(3, '0')),
    element('NOSSQuarterStartingDate', `${year}-${digits(3 * quarter - 2, 2)}-01`),
    element('NOSSQuarterEndingDate', `${year}-${last}`),
    element('Border', record.border === true ? 1 : 0),
    ...record.occupations.map(occupationText),
    ...(record.contributions ?? []).map(contributionText),
    '</WorkerRecord>',
  ].join('')
}

function occupationText(occupation: DmfaOccupationInput, at: number): string {
  const reference = occupation.referenceWeekHours ?? fullTimeReference
  const hours = occupation.weekHours ?? reference
  return [
    '<Occupation>',
    element('OccupationSequenceNbr', digits(at + 1, 2)),
    element('OccupationStartingDate', occupation.from),
    element('OccupationEndingDate', occupation.to),
    element('JointCommissionNbr', occupation.jointCommission ?? '200'),
    element('WorkingDaysSystem', occupation.workingDaysSystem ?? fullWeek),
    element('ContractType', hours < reference ? 1 : 0),
    element('RefMeanWorkingHours', reference),
    element('WorkerStatus', occupation.status),
    element('MeanWorkingHours', hours),
    element('Retired', occupation.retired === true ? 1 : 0),
    ...(occupation.services ?? []).map(serviceText),
    ...(occupation.remunerations ?? []).map(remunerationText),
    '</Occupation>',
  ].join('')
}

function serviceText(service: DmfaService, at: number): string {
  return [
    '<Service>',
    element('ServiceSequenceNbr', digits(at + 1, 2)),
    element('ServiceCode', service.code.padStart(3, '0')),
    element('ServiceNbrDays', digits(service.days, 5)),
    service.hours === 0 ? '' : element('ServiceNbrHours', service.hours),
    '</Service>',
  ].join('')
}

function remunerationText(part: { readonly code: string; readonly cents: number }, at: number): string {
  return [
    '<Remun>',
    element('RemunSequenceNbr', digits(at + 1, 2)),
    element('RemunCode', part.code.padStart(3, '0')),
    element('RemunAmount', digits(part.cents, 11)),
    '</Remun>',
  ].join('')
}

function contributionText(contribution: DmfaContribution): string {
  const basis = contribution.basisCents
  return [
    '<WorkerContribution>',
    element('ContributionWorkerCode', contribution.workerCode.padStart(3, '0')),
    element('ContributionType', contribution.type),
    basis === null ? '' : element('ContributionCalculationBasis', digits(basis, 11)),
    element('ContributionAmount', digits(contribution.cents, 11)),
    '</WorkerContribution>',
  ].join('')
}

/** A non-negative whole number with leading zeros. Throws a RangeError when it does not fit. */
function digits(value: number, length: number): string {
  const text = String(value)
  if (!Number.isSafeInteger(value) || value < 0 || text.length > length) {
    throw new RangeError(`${value} does not fit in ${length} digits`)
  }
  return text.padStart(length, '0')
}
