import type { IncomingMessage, ServerResponse } from "node:http";

export interface BodyLimits {
  /** Of one body. */
  readonly bytes: number;
  /** From the headers to the end of one body. */
  readonly ms: number;
  /** Of all bodies of the route that are being read. */
  readonly bytesTogether: number;
}

export type ReadBody =
  | { readonly type: "whole"; readonly body: Buffer }
  | { readonly type: "refused"; readonly status: 408 | 413 | 503 }
  /** The client closed the connection. */
  | { readonly type: "gone" };

interface Reading {
  bytes: number;
  readonly end: (result: ReadBody) => void;
}

/** Reads the bodies of one route. When they are too much together, the one that began first is refused. */
export class BodyReader {
  readonly #limits: BodyLimits;
  readonly #readings = new Set<Reading>();

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  read(req: IncomingMessage, res: ServerResponse): Promise<ReadBody> {
    const { bytes, ms } = this.#limits;
    if (Number(req.headers["content-length"] ?? 0) > bytes) return Promise.resolve({ type: "refused", status: 413 });
    if (req.headers.expect !== undefined) res.writeContinue();
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      const end = (result: ReadBody): void => {
        clearTimeout(timer);
        this.#readings.delete(reading);
        req.off("data", take).pause();
        // A refused request stays open for a while, and its listeners would keep the chunks.
        chunks.length = 0;
        resolve(result);
      };
      const take = (chunk: Buffer): void => {
        chunks.push(chunk);
        reading.bytes += chunk.length;
        if (reading.bytes > bytes) end({ type: "refused", status: 413 });
        else this.#makeRoom();
      };
      const reading: Reading = { bytes: 0, end };
      const timer = setTimeout(() => end({ type: "refused", status: 408 }), ms);
      this.#readings.add(reading);
      req.on("data", take);
      req.once("end", () => end({ type: "whole", body: Buffer.concat(chunks) }));
      req.once("error", () => end({ type: "gone" }));
      req.once("close", () => end({ type: "gone" }));
    });
  }

  #makeRoom(): void {
    const together = [...this.#readings].reduce((sum, { bytes }) => sum + bytes, 0);
    const [first] = this.#readings;
    if (together > this.#limits.bytesTogether) first?.end({ type: "refused", status: 503 });
  }
}
