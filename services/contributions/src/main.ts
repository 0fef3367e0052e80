import { hostMain } from '@ziv/service'
import { contributions } from './index.ts'

await hostMain(contributions)
