import { hostMain } from '@ziv/service'
import { landsbond } from './index.ts'

await hostMain(landsbond)
