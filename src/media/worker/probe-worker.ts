import type { MessagePort } from "node:worker_threads";
import { parentPort } from "node:worker_threads";
import type { MediaInfo, RandomAccess } from "../../core/check-ports.ts";
import type { FileFormat } from "../../core/material.ts";
import type { FromThread, ToThread } from "../thread-messages.ts";
import { frugalAccess } from "./frugal-access.ts";
import { boundInstances, readTracks } from "./media-tracks.ts";
import { readPdf } from "./pdf-pages.ts";
import { readWav } from "./wav-header.ts";
import { readZip } from "./zip-directory.ts";

/** The worker thread: reads one file at a time, whose bytes it asks the main thread for. */
function serve(port: MessagePort): void {
  const send = (message: FromThread): void => port.postMessage(message);
  const pending: { resolve?: (bytes: Uint8Array | undefined) => void; reject?: (cause: Error) => void } = {};
  const read = (offset: number, length: number): Promise<Uint8Array | undefined> =>
    new Promise((resolve, reject) => {
      Object.assign(pending, { resolve, reject });
      send({ type: "read", offset, length });
    });
  port.on("message", (message: ToThread) => {
    switch (message.type) {
      case "look":
        void readFile({ size: message.size, read }, message.format).then((info) => send({ type: "done", info }));
        return;
      case "bytes":
        return pending.resolve?.(message.bytes);
      case "source-failed":
        return pending.reject?.(new Error("the source failed"));
    }
  });
  send({ type: "ready" });
}

/** What a reader does not understand is unknown. */
async function readFile(file: RandomAccess, format: FileFormat): Promise<MediaInfo> {
  const frugal = frugalAccess(file);
  try {
    switch (format) {
      case "wav":
        return await readWav(frugal);
      case "zip":
        return await readZip(frugal);
      case "pdf":
        return await readPdf(frugal);
      case "other":
        return {};
      case "mp4":
      case "mov":
      case "mp3":
      case "aac":
      case "m4a":
      case "asf":
      case "png":
      case "jpg":
      case "webp":
        return await readTracks(frugal, format);
    }
  } catch {
    return {};
  }
}

if (!parentPort) throw new Error("starting the media reader: it runs in a worker thread only");
boundInstances();
serve(parentPort);
