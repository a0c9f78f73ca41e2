import { Worker } from "node:worker_threads";
import type { HashedBytes } from "./crc64.ts";
import { combineCrc64, crc64, TABLE } from "./crc64.ts";
import { crc64Kernel, LANES, MOST_PAGES } from "./crc64-kernel.ts";

/** A WebAssembly memory of which other threads see the same bytes. */
export interface SharedMemory {
  /** Grows with it; an earlier one stays valid. */
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** TypeScript knows it only from browsers. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => SharedMemory;
};

/** With the kernel's table in its first page. */
export function sharedMemory(): SharedMemory {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  new BigUint64Array(memory.buffer).set(TABLE);
  return memory;
}

/** JavaScript in a string, because threads cannot load TypeScript during development. */
const THREAD = `
  const { parentPort, workerData } = require("node:worker_threads");
  const module = new WebAssembly.Module(workerData.kernel);
  const { exports } = new WebAssembly.Instance(module, { env: { memory: workerData.memory } });
  parentPort.on("message", ({ at, laneBytes }) => parentPort.postMessage(exports.crc(at, laneBytes)));
`;
/** Of JavaScript: the thread holds nothing. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1 };
const WORD_BYTES = 8;

interface Waiting {
  resolve(lanes: readonly bigint[]): void;
  reject(cause: Error): void;
}

/** Computes CRC-64 off the event loop. The thread starts with the first hash, and again if it has ended. */
export class HashThread {
  readonly #memory: SharedMemory;
  /** It answers in order. */
  #waiting: Waiting[] = [];
  #worker: Worker | undefined;

  constructor(memory: SharedMemory) {
    this.#memory = memory;
  }

  /** @param at  where the bytes begin in the memory */
  async hash(at: number, size: number): Promise<HashedBytes> {
    const laneBytes = Math.floor(size / LANES / WORD_BYTES) * WORD_BYTES;
    const lanes = laneBytes === 0 ? [] : await this.#ask(at, laneBytes);
    const rest = new Uint8Array(this.#memory.buffer, at + lanes.length * laneBytes, size - lanes.length * laneBytes);
    const pieces = lanes.map((lane) => ({ crc64: BigInt.asUintN(64, lane), size: laneBytes }));
    return { crc64: combineCrc64([...pieces, { crc64: crc64(rest), size: rest.byteLength }]), size };
  }

  #ask(at: number, laneBytes: number): Promise<readonly bigint[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.postMessage({ at, laneBytes });
    });
  }

  /** It gets no environment, so no secrets, and does not keep the process alive. */
  #start(): Worker {
    const worker = new Worker(THREAD, {
      eval: true,
      env: {},
      resourceLimits: RESOURCE_LIMITS,
      workerData: { kernel: crc64Kernel(), memory: this.#memory },
    });
    const fail = (cause: Error): void => {
      if (worker !== this.#worker) return;
      this.#worker = undefined;
      for (const { reject } of this.#waiting.splice(0)) reject(cause);
    };
    worker.on("message", (lanes: readonly bigint[]) => this.#waiting.shift()?.resolve(lanes));
    worker.on("error", fail);
    worker.on("exit", () => fail(new Error("hashing a part: the thread ended")));
    worker.unref();
    return worker;
  }
}
