import fetch, { FetchError } from "node-fetch";
import { z } from "zod";
import type { Customization } from "../../core/customization.ts";
import type { FilmShelf, FilmTitle } from "../../core/demo-film.ts";
import { Fault } from "../../core/fault.ts";
import type { Clock } from "../../core/ports.ts";
import { callSlack } from "../slack/call.ts";
import type { SlackClients } from "../slack/clients.ts";
import { newestShare } from "../slack/shares.ts";
import { isSlackUrl } from "./hosts.ts";
import type { VendorFilm, VendorFilmOptions } from "./vendor-film.ts";
import { openVendorFilm } from "./vendor-film.ts";

export interface FilmShelfOptions extends VendorFilmOptions {
  readonly slack: SlackClients;
  readonly clock: Pick<Clock, "sleep">;
  /** What a film is called in a channel. */
  readonly title: (c: Customization, what: FilmTitle, channel: string) => Promise<string>;
}

/** Longer than 500 MB take; what hangs is given up. */
const SEND_MS = 15 * 60_000;

const ticketSchema = z.object({ upload_url: z.url(), file_id: z.string() });

/** Brings the vendor's films into Slack by its external upload: a ticket, the bytes, then the message. */
export function slackFilms(options: FilmShelfOptions): FilmShelf {
  const { slack, clock } = options;
  return {
    async upload(link, signal) {
      const film = await openVendorFilm(options, link, signal);
      if (film.type === "kept") return film;
      try {
        const { name: filename, size: length } = film;
        const answer = await callSlack(`asking to upload ${filename}`, clock, () =>
          slack.posts.files.getUploadURLExternal({ filename, length }),
        );
        const ticket = ticketSchema.parse(answer);
        await sendFilm(options, new URL(ticket.upload_url), film, signal);
        return { type: "uploaded", file: ticket.file_id };
      } finally {
        film.bytes.destroy();
      }
    },
    async share(c, what, files, { channel, thread }) {
      const title = await options.title(c, what, channel);
      const [first = "", ...others] = files;
      await callSlack(`showing a film of ${c.id}`, clock, () =>
        slack.posts.files.completeUploadExternal({
          files: [{ id: first, title }, ...others.map((id) => ({ id, title }))],
          channel_id: channel,
          ...(thread !== undefined && { thread_ts: thread }),
        }),
      );
    },
    async isShared(file, channel) {
      return (await newestShare({ slack, clock }, file, channel)) !== undefined;
    },
  };
}

/** Streams the bytes to the address that Slack has given, without the token: the address itself allows it. */
async function sendFilm(options: FilmShelfOptions, to: URL, film: VendorFilm, signal: AbortSignal): Promise<void> {
  const doing = `uploading ${film.name} to Slack`;
  if (!isSlackUrl(to, options.slackApiUrl)) throw new Fault("slack-refused", `${doing}: ${to.host} is not Slack`);
  try {
    const response = await fetch(to, {
      method: "POST",
      redirect: "error",
      headers: { "Content-Type": "application/octet-stream", "Content-Length": String(film.size) },
      body: film.bytes,
      signal: AbortSignal.any([signal, AbortSignal.timeout(SEND_MS)]),
    });
    await response.text();
    if (response.ok) return;
    const code = response.status >= 500 || response.status === 429 ? "slack-unreachable" : "slack-refused";
    throw new Fault(code, `${doing}: HTTP ${response.status}`, { resultCode: `http-${response.status}` });
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    // The message has the whole address, which is all that the upload needs: pass on only the code.
    const code = cause instanceof FetchError ? (cause.code ?? cause.type) : "cut";
    throw new Fault("slack-unreachable", `${doing}: no answer (${code})`, { resultCode: code });
  }
}
