import { catalog } from '@ziv/contracts'
import { describe, expect, it } from 'vitest'
import { topicFor } from './draft.ts'
import { loadTopics } from './topics.ts'

const insurers = ['100', '200', '300', '400', '500', '600', '900']

describe('the declared topics', () => {
  it('hold a topic for every event of the contract and every insurer', () => {
    const names = new Set(loadTopics(insurers).map((topic) => topic.name))
    const wanted = [...catalog.values()].flatMap((event) => insurers.map((insurer) => topicFor(event, insurer)))
    expect(wanted.filter((name) => !names.has(name))).toEqual([])
    expect(names.size).toBe(5 * insurers.length + 4)
  })

  it('are declared once each, with a power of two of partitions', () => {
    const topics = loadTopics(insurers)
    expect(new Set(topics.map((topic) => topic.name)).size).toBe(topics.length)
    expect(topics.filter(({ partitions }) => (partitions & (partitions - 1)) !== 0)).toEqual([])
  })

  it('give the principals of an insurer no topic of another insurer', () => {
    const foreign = loadTopics(insurers).flatMap(({ name, write, read }) => {
      const owner = /^ziv\.(\d{3})\./.exec(name)?.[1]
      return owner ? [...write, ...read].filter((who) => /-\d{3}$/.test(who) && !who.endsWith(owner)) : []
    })
    expect(foreign).toEqual([])
  })

  it('let the services note what their logs hold and read it, and the insurers keep it', () => {
    const topics = loadTopics(insurers)
    const notes = topics.find(({ name }) => name === 'ziv.anchor.v1')
    const services = new Set(topics.flatMap(({ write }) => write).filter((who) => who !== 'ziv-clock'))
    const keepers = insurers.map((insurer) => `landsbond-${insurer}`)
    expect(notes?.write.toSorted()).toEqual([...services].sort())
    expect(notes?.read.toSorted()).toEqual([...keepers, ...services].sort())
  })

  it('let the reader of a landsbond write nowhere', () => {
    const writers = loadTopics(insurers).flatMap((topic) => topic.write)
    expect(writers.filter((who) => who.startsWith('landsbond-'))).toEqual([])
  })
})
