import type { Logger } from 'pino'

/** What messaging needs of pino. */
export type MessagingLogger = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

const nothing = (): void => {}

/** Says nothing; for callers that give no logger. */
export const silentLogger: MessagingLogger = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
