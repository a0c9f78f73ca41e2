import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { FromThread, ToThread } from "./thread-messages.ts";

/** A worker thread with the parsers. It does one thing at a time. */
export interface ProbeThread {
  /** Resolves when the parsers are loaded. @throws when the thread ended instead */
  readonly started: Promise<unknown>;
  /** Sends a message and resolves with the answer. @throws when the thread ends instead, e.g. out of memory */
  ask(message: ToThread): Promise<FromThread>;
  end(): Promise<void>;
}

export interface ProbeThreadOptions {
  /** What the thread runs, TypeScript or JavaScript; the parsers by default. */
  readonly module?: URL;
}

/** TypeScript where this module is, else compiled. */
const PARSERS = new URL(`./worker/probe-worker${extname(import.meta.url)}`, import.meta.url);
/** For development: tsx does not reach into worker threads by itself. */
const BEHIND_TSX = `import("tsx/esm/api").then((tsx) => { tsx.register(); return import(process.argv[2]); })`;
/** Of JavaScript; the readers bound what lies outside of it, see `boundInstances`. */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 };

/** Starts a thread. It gets no environment, so no secrets, and does not keep the process alive. */
export function startProbeThread({ module = PARSERS }: ProbeThreadOptions = {}): ProbeThread {
  const options = { env: {}, resourceLimits: MEMORY };
  const worker = module.pathname.endsWith(".ts")
    ? new Worker(BEHIND_TSX, { ...options, eval: true, argv: [module.href] })
    : new Worker(module, options);
  const waiting = new Set<{ resolve(message: FromThread): void; reject(cause: Error): void }>();
  const state: { ended?: Error } = {};
  const next = (): Promise<FromThread> =>
    new Promise((resolve, reject) => {
      if (state.ended) reject(state.ended);
      else waiting.add({ resolve, reject });
    });
  const settle = (use: (one: { resolve(message: FromThread): void; reject(cause: Error): void }) => void): void => {
    for (const one of waiting) use(one);
    waiting.clear();
  };
  const fail = (cause: Error): void => {
    state.ended ??= cause;
    settle(({ reject }) => reject(cause));
  };
  worker.on("message", (message: FromThread) => settle(({ resolve }) => resolve(message)));
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("the thread ended")));
  worker.unref();
  const started = next();
  // A thread may end before anybody waits for it.
  started.catch(() => undefined);
  return {
    started,
    ask(message) {
      const answer = next();
      worker.postMessage(message, message.type === "bytes" && message.bytes ? [message.bytes.buffer] : []);
      return answer;
    },
    async end() {
      await worker.terminate();
    },
  };
}
