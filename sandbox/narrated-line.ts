import { styleText } from "node:util";

export interface NarratedEvent {
  readonly at: string;
  readonly request: string;
  readonly who: string;
  readonly told: string;
}

type Style = Parameters<typeof styleText>[0];

/** People have none of their own here. */
const COLOURS: Readonly<Record<string, Style>> = {
  "avatar-bot": "green",
  gateway: "blue",
  COS: "cyan",
  Slack: "magenta",
};

/** One event in one line, cut to the terminal's width; lines of details follow whole. */
export function narratedLine(
  event: NarratedEvent,
  how: { isColoured?: boolean; columns?: number | undefined },
): string {
  const [first = "", ...details] = event.told.split("\n");
  const head = [`${event.at}  `, event.request.padEnd(5), ` ${event.who.padEnd(10)}  `];
  const room = how.columns === undefined ? first.length : Math.max(20, how.columns - head.join("").length);
  const told = first.length > room ? `${first.slice(0, room - 1)}…` : first;
  if (!how.isColoured) return [head.join("") + told, ...details].join("\n");
  const [at = "", request = "", who = ""] = head;
  const isFault = told.startsWith("! ");
  const coloured = [
    styleText("dim", at),
    styleText("bold", request),
    styleText(COLOURS[event.who] ?? "yellow", who),
    isFault ? styleText("red", told) : told,
  ].join("");
  return [coloured, ...details.map((line) => styleText("dim", line))].join("\n");
}

/** `customer-pipeline/…/video/footage-F0001.mp4` → `video/footage….mp4` */
export function shortKey(key: string): string {
  const [folder = "", file = ""] = key.split("/").slice(-2);
  return `${folder}/${file.replace(/-F[0-9A-Z]{6,}(?=\.\w+$)/, "…")}`;
}

/** The last line, when the scripted people are through. */
export function summary(reached: number, all: number, ms: number, isColoured: boolean): string {
  const line = `${reached} of ${all} reached their keys in ${Math.round(ms / 1000)} s`;
  return isColoured ? styleText(reached === all ? "green" : "red", line) : line;
}
