import { hostMain } from '@ziv/service'
import { riziv } from './index.ts'

await hostMain(riziv)
