import { parentPort } from "node:worker_threads";
import type { FromThread, ToThread } from "../../../src/media/thread-messages.ts";

const send = (message: FromThread): void => parentPort?.postMessage(message);

/** A thread that misbehaves: `zip` takes all memory, `mp4` never ends, anything else shows its environment. */
parentPort?.on("message", (message: ToThread) => {
  if (message.type !== "look") return;
  const kept: number[][] = [];
  while (message.format === "zip") kept.push(Array.from({ length: 10_000 }, (_, i) => i + kept.length));
  while (message.format === "mp4") kept.length = 0;
  send({ type: "done", info: { container: Object.keys(process.env).join() } });
});
send({ type: "ready" });
