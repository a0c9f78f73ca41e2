import { createHmac } from "node:crypto";
import { CosError } from "../cos/errors.ts";
import { demos } from "../material/files.ts";
import { isVoice } from "./kinds.ts";
import type { Task } from "./tasks.ts";

const LIFE_SECONDS = 3600;

/**
 * A link to one demo of a task. Its query changes every second and expires after an hour.
 * @param now  Unix seconds
 */
export function demoUrl(
  base: string,
  task: Pick<Task, "taskId" | "makeType">,
  demo: number,
  secret: string,
  now: number,
): string {
  const path = `/demo/${task.taskId}/${demo}.${isVoice(task.makeType) ? "mp3" : "mp4"}`;
  const expires = now + LIFE_SECONDS;
  return `${base}${path}?expires=${expires}&sign=${sign(path, expires, secret)}`;
}

/**
 * The demo that a link names.
 * @throws {CosError} AccessDenied when the link has expired, SignatureDoesNotMatch when it was not issued here
 */
export function openDemo(url: URL, secret: string, now: number): { readonly type: string; readonly path: string } {
  const expires = Number(url.searchParams.get("expires"));
  const [, demo, extension] = /^\/demo\/\d+\/(\d+)\.(mp3|mp4)$/.exec(url.pathname) ?? [];
  if (url.searchParams.get("sign") !== sign(url.pathname, expires, secret)) throw new CosError("SignatureDoesNotMatch");
  if (!(expires > now)) throw new CosError("AccessDenied", "Request has expired");
  const shown = extension === "mp3" ? demos.sounds : demos.films;
  const file = shown[Math.min(Number(demo), shown.length) - 1];
  if (!file) throw new CosError("NoSuchKey");
  return { type: extension === "mp3" ? "audio/mpeg" : "video/mp4", path: file.path };
}

function sign(path: string, expires: number, secret: string): string {
  return createHmac("sha256", secret).update(`${path}\n${expires}`).digest("hex");
}
