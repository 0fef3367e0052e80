import { hostMain } from '@ziv/service'
import { affiliation } from './index.ts'

await hostMain(affiliation)
