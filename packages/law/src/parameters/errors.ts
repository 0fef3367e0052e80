/** A parameter file that cannot be used: which file, and everything that is wrong with it. */
export class InvalidParameterFile extends Error {
  override readonly name = 'InvalidParameterFile'
  readonly file: string
  constructor(file: string, problems: readonly string[]) {
    super(`Parameter file ${file} cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.file = file
  }
}

/** A parameter that has no value on the day asked about. */
export class NoValueInForce extends Error {
  override readonly name = 'NoValueInForce'
  readonly parameter: string
  constructor(parameter: string, message: string) {
    super(message)
    this.parameter = parameter
  }
}

/** A parameter name that no file defines. */
export class UnknownParameter extends Error {
  override readonly name = 'UnknownParameter'
}
