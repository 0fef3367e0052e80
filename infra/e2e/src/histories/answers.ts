import { isDeepStrictEqual } from 'node:util'
import type { History, Sent, Somebody } from './history.ts'

/** An answer with the knowledge of a moment, to be asked again later. */
interface Sample {
  readonly about: Somebody
  readonly sent: Sent
  readonly answer: unknown
}

/** Answers that were given, each with the moment of knowledge it rests on: what becomes known later must not change them. */
export class Answers {
  readonly #samples: Sample[] = []
  readonly #history: History

  constructor(history: History) {
    this.#history = history
  }

  /** Asks of somebody what is known now, in one of the services, and keeps the answer. */
  async keepOne(): Promise<void> {
    const { people, random, sandbox } = this.#history
    if (people.length === 0) return
    const about = random.pick(people)
    const knownAt = sandbox.clock.now()
    const asOf = sandbox.clock.today()
    const { personId } = about
    const year = Number(asOf.slice(0, 4)) - random.int(0, 2)
    const sent = random.pick<Sent>([
      { url: '/rights/v1/insurability/query', body: { personId, asOf, explain: true, knownAt } },
      { method: 'GET', url: `/rights/v1/persons/${personId}/timeline?knownAt=${knownAt}` },
      {
        method: 'GET',
        url: `/contributions/v1/persons/${personId}/referenceYears/${year}?asOf=${asOf}&knownAt=${knownAt}`,
      },
      { method: 'GET', url: `/affiliation/v1/persons/${personId}?asOf=${asOf}&knownAt=${knownAt}` },
      { method: 'GET', url: `/reimbursement/v1/persons/${personId}/claims?asOf=${asOf}&knownAt=${knownAt}` },
    ])
    const { status, json } = await this.#history.call(sent)
    if (status === 200) this.#samples.push({ about, sent, answer: contentOf(json) })
  }

  /** Asks some again (all of them without a number); tells the first that is answered otherwise now. */
  async askAgain(atMost?: number): Promise<void> {
    const { random } = this.#history
    if (this.#samples.length === 0) return
    const some = atMost === undefined ? this.#samples : Array.from({ length: atMost }, () => random.pick(this.#samples))
    for (const { about, sent, answer } of some) {
      // an erasure takes the person out of what was known before, too
      if (about.erased) continue
      const { json } = await this.#history.call(sent)
      if (isDeepStrictEqual(contentOf(json), answer)) continue
      throw new Error(
        `${sent.url} ${JSON.stringify(sent.body)} was\n${JSON.stringify(answer)}\nand is\n${JSON.stringify(contentOf(json))}`,
      )
    }
  }
}

/** Without what is of the present by its meaning: the version for a next change, and that a decision was withdrawn since. */
function contentOf(json: Record<string, unknown>): unknown {
  const { version: _, ...content } = json
  return content
}
