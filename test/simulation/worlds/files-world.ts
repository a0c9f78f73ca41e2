import { Fault } from "../../../src/core/fault.ts";
import type { FileFormat } from "../../../src/core/material.ts";
import { FILE_FORMATS } from "../../../src/core/material.ts";
import type { FileSource } from "../../../src/core/ports.ts";
import type { CallWorld, Mortal } from "../call.ts";
import { carry } from "../call.ts";
import type { Failure } from "../faults.ts";
import { Random } from "../random.ts";
import type { SlackWorld } from "./slack-world.ts";

const CHUNK_BYTES = 700;
const PATIENCE_MS = 20_000;

/** The files of Slack, all with bytes of their own. A file is what its name says. */
export class FilesWorld {
  readonly #world: CallWorld;
  readonly #slack: SlackWorld;

  constructor(world: CallWorld, slack: SlackWorld) {
    this.#world = world;
    this.#slack = slack;
  }

  bytesOf(id: string): Buffer {
    const file = this.#slack.core.files.files.get(id);
    const random = new Random(Number.parseInt(id.slice(1), 36));
    return Buffer.from(Array.from({ length: file?.realSize ?? 0 }, () => Math.floor(random.next() * 256)));
  }

  source(by: Mortal): FileSource {
    const ask = <T>(operation: string, work: () => T): Promise<T> => {
      const fail = (failure: Failure): never => {
        const isLogin = failure.type === "code";
        throw new Fault(isLogin ? "source-login-page" : "source-unreachable", `${operation}: ${failure.type}`);
      };
      return carry(this.#world, { by, wire: "files", operation, work, fail, patienceMs: PATIENCE_MS });
    };
    return {
      inspect: (id) =>
        ask("inspect", () => {
          const file = this.#slack.core.files.files.get(id);
          if (!file || file.mode === "tombstone") return { type: "file-gone" };
          const { name, realSize: size, mimetype } = file;
          return {
            id,
            name,
            size,
            format: formatOf(name),
            mimetype,
            open: (signal) => this.#open(by, id, signal, ask),
            ranges: () => ({ size, read: async () => undefined }),
          };
        }),
    };
  }

  async #open(
    by: Mortal,
    id: string,
    signal: AbortSignal,
    ask: <T>(operation: string, work: () => T) => Promise<T>,
  ): Promise<AsyncIterable<Uint8Array>> {
    const bytes = await ask("open", () => {
      const file = this.#slack.core.files.files.get(id);
      if (!file || file.mode === "tombstone") throw new Fault("source-gone", "downloading: the file was deleted");
      return this.bytesOf(id);
    });
    return this.#chunks(by, bytes, signal);
  }

  async *#chunks(by: Mortal, bytes: Buffer, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { scheduler, weather } = this.#world;
    const cut = weather.strike("files", "download")
      ? Math.floor(scheduler.random.between(0, bytes.length))
      : bytes.length;
    for (let at = 0; at < cut; at += CHUNK_BYTES) {
      await scheduler.sleep(scheduler.random.between(1, 400));
      if (!by.isAlive) await new Promise(() => undefined);
      if (signal.aborted) throw new Fault("transfer-aborted", "downloading: stopped");
      yield bytes.subarray(at, Math.min(at + CHUNK_BYTES, cut));
    }
  }
}

function formatOf(name: string): FileFormat {
  const extension = name.split(".").at(-1);
  return FILE_FORMATS.find((format) => format === extension) ?? "other";
}
