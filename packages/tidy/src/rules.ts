import type { Rule } from './rule.ts'
import * as boundaries from './rules/boundaries.ts'
import { bytesBecomeText } from './rules/bytes.ts'
import { oneContext } from './rules/contexts.ts'
import { runsOnDependencies } from './rules/dependencies.ts'
import { docsLinks } from './rules/docs.ts'
import { publicDocstrings } from './rules/docstrings.ts'
import { eventFixtures, eventsProvenOnBothSides } from './rules/events.ts'
import { fileKindsDefinedOnce } from './rules/file-kinds.ts'
import { lawValues, lawValuesReadOnce } from './rules/law-values.ts'
import { migrationNumbers, migrationsImmutable } from './rules/migrations.ts'
import { rejectionAdvice, rejectionLanguages, rejectionsExercised } from './rules/rejections.ts'
import { servicesListedOnce } from './rules/service-lists.ts'
import { serviceShape } from './rules/shape.ts'
import { fileLength, functionLength } from './rules/sizes.ts'
import * as specs from './rules/specs.ts'
import * as words from './rules/words.ts'

/** Every rule of the house that a machine can check. */
export const rules: readonly Rule[] = [
  functionLength,
  fileLength,
  serviceShape,
  oneContext,
  servicesListedOnce,
  words.noConsole,
  words.noOpenEnds,
  words.noRegistryHosts,
  words.noMachinePaths,
  words.noAuthorTools,
  words.plainNouns,
  words.oneWordPerState,
  specs.noOnly,
  specs.noSilentSkip,
  specs.uniqueTestNames,
  specs.noVacuousExpectation,
  specs.everyTestAsserts,
  rejectionLanguages,
  rejectionAdvice,
  rejectionsExercised,
  eventFixtures,
  eventsProvenOnBothSides,
  lawValues,
  lawValuesReadOnce,
  fileKindsDefinedOnce,
  migrationNumbers,
  migrationsImmutable,
  boundaries.environmentOnlyInConfig,
  boundaries.servicesMeetOnMessages,
  boundaries.domainImports,
  boundaries.domainPurity,
  boundaries.oneWritePath,
  boundaries.oneReadPath,
  boundaries.packageLayers,
  boundaries.noInsides,
  bytesBecomeText,
  docsLinks,
  publicDocstrings,
  runsOnDependencies,
]
