import type { Clock } from "../../core/ports.ts";

/** A file that was shared in a channel. */
export interface SharedFile {
  readonly channel: string;
  readonly file: string;
}

/** Files that Slack has announced with `file_shared`, and whether the message that brings them has come. */
export interface ExpectedFiles {
  arrived(channel: string, files: readonly string[]): void;
  /** Resolves when the message comes, or ten seconds later. @returns true, for one caller only, when it is missing */
  isMissing(shared: SharedFile): Promise<boolean>;
  hasArrived(shared: SharedFile): boolean;
  /** Ends all waiting. The next start reads the threads of all open requests. */
  stop(): void;
}

const PATIENCE_MS = 10_000;
/** Reading the threads every 15 minutes finds what is forgotten here. */
const MOST_ARRIVED = 2_000;
const MOST_AWAITED = 500;

export function expectedFiles(
  clock: Pick<Clock, "sleep">,
  { mostArrived = MOST_ARRIVED, mostAwaited = MOST_AWAITED } = {},
): ExpectedFiles {
  const arrived = new Set<string>();
  const awaited = new Map<string, AbortController>();
  const stopping = new AbortController();
  return {
    arrived(channel, files) {
      for (const file of files) {
        const key = keyOf({ channel, file });
        arrived.delete(key);
        arrived.add(key);
        awaited.get(key)?.abort();
      }
      for (const oldest of arrived) {
        if (arrived.size <= mostArrived) break;
        arrived.delete(oldest);
      }
    },
    async isMissing(shared) {
      const key = keyOf(shared);
      if (stopping.signal.aborted || arrived.has(key) || awaited.has(key) || awaited.size >= mostAwaited) return false;
      const come = new AbortController();
      awaited.set(key, come);
      await clock.sleep(PATIENCE_MS, AbortSignal.any([come.signal, stopping.signal]));
      awaited.delete(key);
      return !come.signal.aborted && !stopping.signal.aborted;
    },
    hasArrived: (shared) => arrived.has(keyOf(shared)),
    stop: () => stopping.abort(),
  };
}

function keyOf({ channel, file }: SharedFile): string {
  return `${channel} ${file}`;
}
