import { parseArgs } from "node:util";

const GATEWAYS = ["international", "mainland"] as const;
type GatewayName = (typeof GATEWAYS)[number];

export interface Flags {
  /** The kinds of `--play`; empty means all. */
  readonly kinds: readonly string[];
  readonly via: "socket" | "http";
  readonly faults: readonly string[];
  /** Which of the vendor's gateways is played. */
  readonly gateway: GatewayName;
  readonly stay: boolean;
  /** Compile and restart the bot when its source changes. */
  readonly watch: boolean;
  /** The page's port; by default USUAL_PORT, or a free one. */
  readonly port?: number;
  /** Print payloads, whole object keys, addresses and tokens, too. */
  readonly verbose: boolean;
  readonly help: boolean;
}

/** What can be played and what can go wrong. */
export interface Choices {
  readonly kinds: readonly string[];
  readonly faults: readonly string[];
}

const LISTS = ["play", "with", "gateway", "port"];
/** The page's default port; it stays the same so that an open page reconnects after a restart. */
export const USUAL_PORT = 4600;
const SWITCHES = ["http", "stay", "watch", "verbose", "help"];
const NAMES = [...LISTS, ...SWITCHES];

export function usage({ kinds, faults }: Choices): string {
  return `npm run sandbox -- [--play <kind>…] [--http] [--gateway mainland] [--with <fault>,…] [--stay [--port <n>] [--watch]] [--verbose]

  --play   which stories to play: ${kinds.join(" ")} (default: all)
  --http   Slack sends signed HTTP requests; without it, Socket Mode
  --gateway  which of the vendor's two gateways is played: ${GATEWAYS.join(" ")} (default: international)
  --with   things that go wrong, as docs/sandbox.md tells: ${faults.join(" ")}
  --stay   play nothing, keep running, with a page on which you play every part; Ctrl-C ends it
  --port   where that page is; without it ${USUAL_PORT}, or any other when that is taken
  --watch  with --stay: compile and restart the bot when src/ changes; the page stays open
  --verbose  also print payloads, whole object keys, and with --stay addresses, tokens and curl lines
  --help   print this`;
}

/**
 * Flags that npm took for its own, as in `npm run sandbox --stay`: it hands them on as settings of its own.
 * @returns what to type instead
 */
export function takenByNpm(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const taken = NAMES.filter((name) => !NPMS_OWN.includes(name) && env[`npm_config_${name}`]);
  if (taken.length === 0) return undefined;
  const flags = taken.map((name) => `--${name}`).join(" ");
  return `npm took ${flags} for itself: flags of the sandbox come after a -- of their own, as in npm run sandbox -- ${flags}`;
}

const NPMS_OWN = ["verbose", "help"];

/** @throws with what is wrong, in one sentence */
export function readFlags(argv: readonly string[], choices: Choices): Flags {
  const options = Object.fromEntries(NAMES.map((name) => [name, { type: "boolean" as const }]));
  const short = { ...options, help: { type: "boolean" as const, short: "h" } };
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: short,
  });
  const given = new Map<string, string[]>();
  // A word belongs to the flag before it; a bare word is a kind to play.
  let list = "play";
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue;
    if (token.kind === "option") {
      refuseUnknown(token.name, token.rawName);
      if (token.value !== undefined && !LISTS.includes(token.name)) throw new Error(`${token.rawName} takes no value.`);
      list = LISTS.includes(token.name) ? token.name : "play";
    }
    const name = token.kind === "option" ? token.name : list;
    if (token.kind === "positional") refuseBareFlag(token.value);
    const words = (token.value ?? "").split(",").map((word) => word.trim());
    given.set(name, [...(given.get(name) ?? []), ...words.filter(Boolean)]);
  }
  for (const name of LISTS) if (given.get(name)?.length === 0) throw new Error(`--${name} needs ${lacking(name)}.`);
  return {
    kinds: chosen(given.get("play") ?? [], choices.kinds, "kind"),
    faults: chosen(given.get("with") ?? [], choices.faults, "fault"),
    gateway: gatewayIn(given.get("gateway")),
    via: given.has("http") ? "http" : "socket",
    stay: given.has("stay"),
    watch: given.has("watch"),
    verbose: given.has("verbose"),
    help: given.has("help"),
    ...(given.has("port") && { port: portIn(given.get("port") ?? []) }),
  };
}

function refuseBareFlag(word: string): void {
  if (NAMES.includes(word)) throw new Error(`${word} is a flag: write npm run sandbox -- --${word}`);
}

function refuseUnknown(name: string, typed: string): void {
  if (NAMES.includes(name)) return;
  const meant = NAMES.find((known) => name.startsWith(known.slice(0, 2)));
  throw new Error(`There is no flag ${typed}.${meant ? ` Did you mean --${meant}?` : ""}`);
}

function lacking(list: string): string {
  const words = { play: "at least one kind", with: "at least one fault", gateway: "international or mainland" };
  return Object.entries(words).find(([name]) => name === list)?.[1] ?? "a number";
}

function gatewayIn(words: readonly string[] = []): GatewayName {
  const [name = "international"] = chosen(words, GATEWAYS, "gateway");
  const found = GATEWAYS.find((one) => one === name);
  if (words.length > 1 || !found) throw new Error(`--gateway takes one of ${GATEWAYS.join(", ")}.`);
  return found;
}

function portIn(words: readonly string[]): number {
  const port = Number(words[0]);
  if (words.length > 1 || !Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--port takes one number from 1 to 65535, not ${words.join(" ")}.`);
  return port;
}

/** The known spelling of each word, ignoring case. */
function chosen(words: readonly string[], known: readonly string[], sort: string): string[] {
  return words.map((word) => {
    const found = known.find((one) => one.toLowerCase() === word.toLowerCase());
    if (found === undefined) throw new Error(`There is no ${sort} ${word}: there are ${known.join(", ")}.`);
    return found;
  });
}
