import { once } from "node:events";
import { request } from "node:http";
import type { Activity, PageState } from "../../../sandbox/page/contract.ts";
import type { World } from "../../../sandbox/world.ts";

/** What a page has been told so far. */
export interface PageReader {
  /** All of it, as it came. */
  text(): string;
  state(): PageState | undefined;
  /** By id; one that came again has taken the place of the first. */
  activities(): Activity[];
  troubles(): string[];
  close(): void;
}

/** Follows the event stream as the page does. */
export async function readPage({ slack }: World): Promise<PageReader> {
  const asked = request(`${slack.url}/sandbox/changes`).end();
  const [response] = await once(asked, "response");
  const seen = { text: "" };
  response.setEncoding("utf8").on("data", (piece: string) => {
    seen.text += piece;
  });
  response.on("error", () => undefined);
  const told = (name: string): string[] =>
    [...seen.text.matchAll(new RegExp(`^event: ${name}\ndata: (.*)\n$`, "gm"))].map(([, data]) => data ?? "null");
  return {
    text: () => seen.text,
    state: () => JSON.parse(told("state").at(-1) ?? "null") ?? undefined,
    activities() {
      const all = told("activity").flatMap((data): Activity[] => JSON.parse(data));
      return [...new Map(all.map((one) => [one.id, one])).values()];
    },
    troubles: () => told("trouble").map((data) => JSON.parse(data)),
    close: () => void response.destroy(),
  };
}
