import { loadTopics } from '@ziv/messaging'
import { describe, expect, it } from 'vitest'
import { generateAcls, principalsOf } from './acls.ts'

const topics = loadTopics(['300', '500'])
const acls = generateAcls(topics)
const TOPIC = 2
const WRITE = 4

describe('generated access lists', () => {
  it('know every principal the topics name', () => {
    const named = new Set(acls.map((entry) => entry.principal))
    expect(principalsOf(topics).filter((name) => !named.has(`User:${name}`))).toEqual([])
  })

  it('give a landsbond no topic of another and no right to write', () => {
    const own = acls.filter((entry) => entry.principal === 'User:landsbond-300' && entry.resourceType === TOPIC)
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter((entry) => entry.resourceName.includes('.500.') || entry.operation === WRITE)).toEqual([])
  })

  it('name every topic in full: no prefix that would grow by itself', () => {
    const declared = new Set(topics.map((topic) => topic.name))
    const named = acls.filter((entry) => entry.resourceType === TOPIC).map((entry) => entry.resourceName)
    expect(named.filter((name) => !declared.has(name))).toEqual([])
  })
})
