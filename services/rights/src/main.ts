import { hostMain } from '@ziv/service'
import { rights } from './index.ts'

await hostMain(rights)
