/** The first of some promises, or undefined after a time. The timer keeps no process alive. */
export async function raceEnd<T>(promises: ReadonlyArray<Promise<T>>, ms: number): Promise<T | undefined> {
  const timer: { id?: NodeJS.Timeout } = {};
  const late = new Promise<undefined>((resolve) => {
    timer.id = setTimeout(() => resolve(undefined), ms);
    timer.id.unref();
  });
  try {
    return await Promise.race([...promises, late]);
  } finally {
    clearTimeout(timer.id);
  }
}

/** How often a connection is looked at. */
const CHECK_MS = 1_000;

/**
 * Ends a request whose client sends nothing while we wait for it.
 * @param isWaiting  whether we do; bytes that wait for us are no fault of the client's
 */
export function endWhenIdle(
  request: {
    readonly socket: { readonly bytesRead: number };
    readonly readableLength: number;
    destroy(e: Error): unknown;
  },
  ms: number,
): () => void {
  const seen = { bytes: request.socket.bytesRead, at: performance.now() };
  const watch = setInterval(
    () => {
      const { bytesRead } = request.socket;
      const now = performance.now();
      if (bytesRead !== seen.bytes || request.readableLength > 0) Object.assign(seen, { bytes: bytesRead, at: now });
      else if (now - seen.at > ms) request.destroy(new Error(`no byte came for ${ms} ms`));
    },
    Math.min(CHECK_MS, ms / 4),
  );
  watch.unref();
  return () => clearInterval(watch);
}
