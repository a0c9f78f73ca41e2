import type { Readable } from "node:stream";
import { DataStore, ERRORS, Upload } from "@tus/server";
import PQueue from "p-queue";
import { describeFault } from "../core/fault.ts";
import type { Log } from "../core/ports.ts";
import type { PiecePorts } from "../flow/append-piece.ts";
import { appendPiece, receivingThrough } from "../flow/append-piece.ts";
import type { Transfers } from "../flow/transfers.ts";

/** So many pieces are passed on at a time; others wait, and their senders with them. */
const PIECES_AT_ONCE = 4;

/** Tells tus-js-client to ask for the offset, and to go on there. */
const CONFLICT = { status_code: 409, body: "the upload stands at another byte\n" };
const LATER = { status_code: 503, body: "the piece could not be passed on; send it again\n" };

export interface PieceStoreOptions {
  readonly ports: PiecePorts;
  readonly transfers: Pick<Transfers, "start">;
  readonly log: Log;
  /** Ends what is being sent when the process stops. */
  readonly signal: AbortSignal;
}

/** A store for @tus/server that keeps nothing: each piece goes on to COS. An upload's id is the token of its link. */
export class PieceStore extends DataStore {
  readonly #options: PieceStoreOptions;
  readonly #queue = new PQueue({ concurrency: PIECES_AT_ONCE });

  constructor(options: PieceStoreOptions) {
    super();
    this.#options = options;
  }

  override async getUpload(token: string): Promise<Upload> {
    const found = await receivingThrough(this.#options.ports, token);
    const pieces = found?.material.upload?.pieces;
    if (!pieces) throw ERRORS.FILE_NO_LONGER_EXISTS;
    return new Upload({ id: token, size: found.material.size ?? 0, offset: pieces.bytes });
  }

  override async write(stream: Readable, token: string, offset: number): Promise<number> {
    return this.#queue.add(() => this.#append(stream, token, offset));
  }

  async #append(stream: Readable, token: string, offset: number): Promise<number> {
    const { ports, transfers, log, signal } = this.#options;
    const appended = await appendPiece(ports, transfers, token, { offset, source: stream, signal }).catch((error) => {
      log.warn("passing a piece of an upload on", { because: describeFault(error) });
      throw LATER;
    });
    switch (appended.type) {
      case "appended":
        return appended.bytes;
      case "began-again":
      case "elsewhere":
        throw CONFLICT;
      case "over":
        throw ERRORS.FILE_NO_LONGER_EXISTS;
    }
  }
}
