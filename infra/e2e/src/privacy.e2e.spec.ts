import { privacyProof } from './privacy/proof.fixture.ts'

privacyProof({ name: 'the embedded log' })
