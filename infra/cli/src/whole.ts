import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number between two others. */
export const whole =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new InvalidArgumentError(`give a whole number from ${low} to ${high}`)
    }
    return value
  }
