import { createHmac } from "node:crypto";
import { isVoice } from "./kinds.ts";
import type { Task } from "./tasks.ts";

const LIFE_SECONDS = 3600;
const MP4 = Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1");
const WAV = Buffer.from(
  "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\x7d\0\0\x02\0\x10\0data\0\0\0\0",
  "latin1",
);

/**
 * A link to one demo of a task; its query is another one each second and ends after an hour.
 * @param now  Unix seconds
 */
export function demoUrl(base: string, task: Task, demo: number, secret: string, now: number): string {
  const path = `/demo/${task.taskId}/${demo}.${isVoice(task.makeType) ? "wav" : "mp4"}`;
  const expires = now + LIFE_SECONDS;
  return `${base}${path}?expires=${expires}&sign=${sign(path, expires, secret)}`;
}

/** What stands behind a demo link; undefined when the link has expired or was never given. */
export function openDemo(url: URL, secret: string, now: number): { type: string; body: Buffer } | undefined {
  const expires = Number(url.searchParams.get("expires"));
  if (!(expires > now) || url.searchParams.get("sign") !== sign(url.pathname, expires, secret)) return undefined;
  return url.pathname.endsWith(".wav") ? { type: "audio/wav", body: WAV } : { type: "video/mp4", body: MP4 };
}

function sign(path: string, expires: number, secret: string): string {
  return createHmac("sha256", secret).update(`${path}\n${expires}`).digest("hex");
}
