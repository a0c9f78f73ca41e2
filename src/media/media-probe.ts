import PQueue from "p-queue";
import type { MediaInfo, MediaProbe, RandomAccess } from "../core/check-ports.ts";
import { describeFault, Fault } from "../core/fault.ts";
import type { FileFormat } from "../core/material.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { ProbeThread } from "./probe-thread.ts";
import { startProbeThread } from "./probe-thread.ts";
import type { FromThread, ToThread } from "./thread-messages.ts";
import { unpackRecording } from "./unpack-recording.ts";

/** How long the parsers may work on one file; waiting for its bytes does not count. */
const BUDGET_MS = 2_000;
const START_MS = 15_000;
const MAX_THREADS = 2;
const MAX_QUEUED = 100;

export interface MediaProbeOptions {
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
  readonly startThread?: () => ProbeThread;
  readonly budgetMs?: number;
}

/**
 * Looks into films, sounds, pictures, pdfs and zips in at most two worker threads, so that no file can block the process: here
 * bytes are fetched, never parsed. A file that breaks a thread or outruns its budget costs that thread and is `gaveUp`.
 */
export function mediaProbe(options: MediaProbeOptions): MediaProbe {
  const { clock, log, startThread = startProbeThread, budgetMs = BUDGET_MS } = options;
  const queue = new PQueue({ concurrency: MAX_THREADS });
  const idle: ProbeThread[] = [];
  const threads = new Set<ProbeThread>();
  const state = { isClosed: false };

  const take = (): ProbeThread => {
    const thread = idle.pop() ?? startThread();
    threads.add(thread);
    return thread;
  };
  const discard = async (thread: ProbeThread): Promise<void> => {
    threads.delete(thread);
    await thread.end();
  };
  const readOn = async (thread: ProbeThread, file: RandomAccess, format: FileFormat): Promise<MediaInfo> => {
    try {
      const info = await lookOn(thread, file, format, { clock, budgetMs });
      idle.push(thread);
      return info;
    } catch (error) {
      await discard(thread);
      if (state.isClosed) throw stopping(error);
      log.warn("looking into a file: giving up on it", { format, bytes: file.size, because: describeFault(error) });
      return { gaveUp: true };
    }
  };
  const look = async (file: RandomAccess, format: FileFormat): Promise<MediaInfo> => {
    if (state.isClosed) throw stopping();
    const source = withFault(file);
    const info = await readOn(take(), source, format);
    if (source.fault) throw source.fault.error;
    return info;
  };

  return {
    async probe(file, format) {
      if (format === "other") return {};
      if (queue.size >= MAX_QUEUED) {
        log.warn("looking into a file: too many are waiting", { format, bytes: file.size });
        return { gaveUp: true };
      }
      return queue.add(() => look(file, format));
    },
    unpack: unpackRecording,
    async close() {
      state.isClosed = true;
      await Promise.all([...threads].map(discard));
      await queue.onIdle();
    },
  };
}

function stopping(cause?: unknown): Fault {
  return new Fault("transfer-aborted", "looking into a file: stopping", { cause });
}

/** Answers the thread's reads until it is done. @throws when it ends or outruns its budget */
async function lookOn(
  thread: ProbeThread,
  file: RandomAccess,
  format: FileFormat,
  { clock, budgetMs }: { readonly clock: Clock; readonly budgetMs: number },
): Promise<MediaInfo> {
  await within(thread.started, START_MS, clock);
  let left = budgetMs;
  const ask = async (message: ToThread): Promise<FromThread> => {
    const askedAt = clock.now();
    const answer = await within(thread.ask(message), left, clock);
    left -= Math.max(0, clock.now() - askedAt);
    return answer;
  };
  let answer = await ask({ type: "look", size: file.size, format });
  while (answer.type === "read") {
    const { offset, length } = answer;
    answer = await ask(
      await file.read(offset, length).then(
        // A copy: a view would take all of its buffer along.
        (bytes): ToThread => ({ type: "bytes", bytes: bytes && new Uint8Array(bytes) }),
        (): ToThread => ({ type: "source-failed" }),
      ),
    );
  }
  if (answer.type === "done") return answer.info;
  throw new Error(`an answer that nobody asked for: ${answer.type}`);
}

async function within<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T> {
  const done = new AbortController();
  const late = clock.sleep(Math.max(0, ms), done.signal).then((): never => {
    throw new Error(`no end within ${ms} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    done.abort();
  }
}

/** The same file, which remembers what its source threw. */
function withFault(file: RandomAccess): RandomAccess & { readonly fault: { readonly error: unknown } | undefined } {
  const thrown: { fault?: { readonly error: unknown } } = {};
  return {
    size: file.size,
    get fault() {
      return thrown.fault;
    },
    async read(offset, length) {
      try {
        return await file.read(offset, length);
      } catch (error) {
        thrown.fault = { error };
        throw error;
      }
    },
  };
}
