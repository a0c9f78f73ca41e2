import { request } from "node:http";
import { z } from "zod";
import type { Thread } from "../../sandbox/play.ts";
import { nextPrivate } from "./studio.ts";

/** alice asks for an upload link by the card's button. */
export async function uploadLink(thread: Thread, role: string): Promise<string> {
  const { world } = thread;
  const { alice } = world.people;
  const before = alice.privates().length;
  const known = linksOf(thread);
  await alice.click({ channel: world.channel, ts: thread.ts }, "File too large for Slack?");
  const which = await nextPrivate(world, "alice", before);
  await alice.click({ channel: world.channel, ts: which.ts }, role);
  return await world.slack.until(() => linksOf(thread).find((link) => !known.includes(link)), "the upload link");
}

function linksOf({ world }: Thread): string[] {
  const told = JSON.stringify(world.people.alice.privates());
  return [...told.matchAll(/http[^|>\s]*\/upload\/#AV-[^|>\s"]+/g)].map(([link]) => link);
}

const viewSchema = z.object({
  state: z.string(),
  because: z.string().optional(),
  file: z.object({ name: z.string(), bytes: z.number(), again: z.number() }).optional(),
});
const stepSchema = z.object({
  type: z.string(),
  look: z.string().optional(),
  wanted: z.object({ n: z.number(), from: z.number(), length: z.number() }).optional(),
  outcome: z.string().optional(),
  because: z.string().optional(),
  link: viewSchema.optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** What the page does, without a browser. */
export class BrowserTwin {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #file: Buffer;
  /** Bytes that the bot asked for before the upload. */
  lookedAt = 0;

  constructor(link: string, file: Buffer) {
    const url = new URL(link);
    this.#base = url.href.split("#")[0] ?? "";
    this.#headers = { Authorization: `Bearer ${url.hash.slice(1)}` };
    this.#file = file;
  }

  async view(): Promise<z.infer<typeof viewSchema>> {
    const answer = await this.#ask("link", {});
    return viewSchema.parse(await answer.json());
  }

  /** Has the bot look into the file. */
  async choose(name: string): Promise<Step> {
    let step = await this.#post("look", JSON.stringify({ name, size: this.#file.length, type: "video/mp4" }));
    while (step.type !== "ended") {
      const { n, from, length } = step.wanted ?? { n: 0, from: 0, length: 0 };
      this.lookedAt += length;
      step = await this.#post(`look/${step.look}?n=${n}`, this.#file.subarray(from, from + length));
    }
    return step;
  }

  async offset(): Promise<number | undefined> {
    const answer = await this.#ask("file", { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } });
    return answer.ok ? Number(answer.headers.get("upload-offset")) : undefined;
  }

  /**
   * Sends a piece of the file.
   * @param more.cutAt  breaks the connection after so many bytes of it
   * @param more.onSent  called when those bytes have been sent; the connection then hangs
   * @returns the status; 0 when the connection broke
   */
  piece(from: number, to: number, more: { cutAt?: number; onSent?: () => void } = {}): Promise<number> {
    return new Promise((resolve) => {
      const sending = request(`${this.#base}file`, {
        method: "PATCH",
        headers: {
          ...this.#headers,
          "Tus-Resumable": "1.0.0",
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": from,
          "Content-Length": to - from,
        },
      });
      sending.on("response", (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sending.on("error", () => resolve(0));
      const { cutAt, onSent } = more;
      if (cutAt === undefined) sending.end(this.#file.subarray(from, to));
      else sending.write(this.#file.subarray(from, from + cutAt), () => (onSent ? onSent() : sending.destroy()));
    });
  }

  async #post(path: string, body: string | Buffer): Promise<Step> {
    const bytes = typeof body === "string" ? body : Uint8Array.from(body);
    const answer = await this.#ask(path, { method: "POST", body: bytes });
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
    return stepSchema.parse(await answer.json());
  }

  /** Once more after a failure: a connection that was kept open has died with the bot. */
  async #ask(path: string, init: RequestInit): Promise<Response> {
    const ask = () => fetch(`${this.#base}${path}`, { ...init, headers: { ...init.headers, ...this.#headers } });
    return await ask().catch(ask);
  }
}
