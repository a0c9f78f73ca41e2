import type { MediaInfo } from "../core/check-ports.ts";
import type { FileFormat } from "../core/material.ts";

/** To the worker thread: one look at a time, and one answer to each `read`. `bytes` is undefined out of reach. */
export type ToThread =
  | { readonly type: "look"; readonly size: number; readonly format: FileFormat }
  | { readonly type: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> | undefined }
  | { readonly type: "source-failed" };

/** From the worker thread: `ready` once, then any number of `read` and one `done` for each look. */
export type FromThread =
  | { readonly type: "ready" }
  | { readonly type: "read"; readonly offset: number; readonly length: number }
  | { readonly type: "done"; readonly info: MediaInfo };
