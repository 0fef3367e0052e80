const sliceBytes = 64 * 1024

/**
 * Cuts a source into pieces of at most 64 KiB, so that one huge chunk costs no more memory than many small ones.
 * Strings are taken as UTF-8; empty chunks disappear.
 */
export async function* slices(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    const bytes =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let start = 0; start < bytes.length; start += sliceBytes) yield bytes.subarray(start, start + sliceBytes)
  }
}

/** Passes the chunks on and adds their bytes to the counter. */
export async function* countBytes(
  source: AsyncIterable<Uint8Array | string>,
  counter: { bytes: number },
): AsyncGenerator<Uint8Array | string> {
  for await (const chunk of source) {
    counter.bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength
    yield chunk
  }
}
