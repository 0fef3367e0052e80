/** A group cannot be set back while somebody reads in its name. */
export class GroupInUse extends Error {
  constructor(groupId: string, cause?: unknown) {
    super(
      `consumer group ${groupId} has to be set back to what its database took in, but another process reads in its name: stop every process of the service, then start it again`,
      { cause },
    )
    this.name = 'GroupInUse'
  }
}
