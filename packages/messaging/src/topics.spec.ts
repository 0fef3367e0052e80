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

  it('let only the writer of the notes and the insurers read what the logs of everybody hold', () => {
    const notes = loadTopics(insurers).find(({ name }) => name === 'ziv.anchor.v1')
    const keepers = insurers.map((insurer) => `landsbond-${insurer}`)
    expect(notes?.write).toEqual(['ziv-anchor'])
    expect(notes?.read.toSorted()).toEqual([...keepers, 'ziv-anchor'])
  })

  it('let the reader of a landsbond write nowhere', () => {
    const writers = loadTopics(insurers).flatMap((topic) => topic.write)
    expect(writers.filter((who) => who.startsWith('landsbond-'))).toEqual([])
  })
})
