import type { Finding, Refused, Silent } from "./finding.ts";
import { ok, unknown, wrong } from "./finding.ts";

/** What the doctor asks Slack. */
export interface SlackProbe {
  identity(): Promise<Identity | Refused | Silent>;
  /** Opens a socket, and closes it at Slack's `hello`; acknowledges nothing. */
  socket(appToken: string): Promise<{ readonly type: "hello"; readonly sockets: number } | Refused | Silent>;
  channels(): Promise<{ readonly type: "listed"; readonly names: readonly string[] } | Refused | Silent>;
}

interface Identity {
  readonly type: "known";
  readonly bot: string;
  readonly team: string;
  /** What the token was granted, where Slack tells. */
  readonly scopes: readonly string[] | undefined;
}

export interface SlackSetup {
  readonly probe: SlackProbe;
  /** Undefined in HTTP mode. */
  readonly appToken: string | undefined;
  /** Undefined when manifest.yml cannot be read. */
  readonly manifestScopes: readonly string[] | undefined;
  /** What to do about a token that Slack refuses. */
  readonly advice: (name: "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN", code: string) => string;
}

const MOST_NAMES = 5;

export async function checkSlack(setup: SlackSetup): Promise<Finding[]> {
  const identity = await setup.probe.identity();
  const socket = await checkSocket(setup);
  const named = nameIdentity(identity, setup);
  if (identity.type !== "known") {
    const why = "needs the bot's token";
    return [named, unknown("Slack scopes", why), socket, unknown("Slack channels", why)];
  }
  return [named, checkScopes(identity.scopes, setup.manifestScopes), socket, await checkChannels(setup.probe)];
}

function nameIdentity(identity: Identity | Refused | Silent, { advice }: SlackSetup): Finding {
  const check = "Slack token";
  switch (identity.type) {
    case "known":
      return ok(check, `@${identity.bot} of ${identity.team}`);
    case "refused":
      return wrong(check, advice("SLACK_BOT_TOKEN", identity.code));
    case "silent":
      return wrong(
        check,
        `Slack does not answer (${identity.because}): look at this machine's network and SLACK_API_URL`,
      );
  }
}

/** @param granted  of the token; @param asked  of manifest.yml */
function checkScopes(granted: readonly string[] | undefined, asked: readonly string[] | undefined): Finding {
  const check = "Slack scopes";
  if (!granted) return unknown(check, "Slack does not tell them");
  if (!asked) return unknown(check, "manifest.yml cannot be read");
  const missing = asked.filter((scope) => !granted.includes(scope));
  const superfluous = granted.filter((scope) => !asked.includes(scope));
  if (missing.length === 0 && superfluous.length === 0) return ok(check, `all ${asked.length} of manifest.yml`);
  const told = [
    missing.length > 0 && `missing: ${missing.join(", ")}`,
    superfluous.length > 0 && `superfluous: ${superfluous.join(", ")}`,
  ].filter((part) => part !== false);
  return wrong(
    check,
    `${told.join("; ")}: paste manifest.yml into the app's manifest, save, and install the app again`,
  );
}

async function checkSocket({ probe, appToken, advice }: SlackSetup): Promise<Finding> {
  const check = "Slack socket";
  if (appToken === undefined) {
    return unknown(check, "HTTP mode has none; whether SLACK_SIGNING_SECRET is right shows with Slack's first request");
  }
  const answer = await probe.socket(appToken);
  switch (answer.type) {
    case "hello":
      return ok(check, `opened and closed again; Slack counted ${answer.sockets} of 10`);
    case "silent":
      return wrong(
        check,
        `no socket could be opened (${answer.because}): let this machine connect to wss://*.slack.com`,
      );
    case "refused":
      return wrong(check, socketAdvice(answer.code, advice));
  }
}

function socketAdvice(code: string, advice: SlackSetup["advice"]): string {
  if (code === "link_disabled") return "Socket Mode is off: turn it on at api.slack.com/apps → your app → Socket Mode";
  if (code === "too_many_websockets") return "the app has ten sockets already: end other processes with its token";
  return advice("SLACK_APP_TOKEN", code);
}

async function checkChannels(probe: SlackProbe): Promise<Finding> {
  const check = "Slack channels";
  const answer = await probe.channels();
  switch (answer.type) {
    case "refused":
      return unknown(check, `Slack does not list them (${answer.code})`);
    case "silent":
      return unknown(check, `Slack does not list them (${answer.because})`);
    case "listed":
      return answer.names.length === 0
        ? wrong(check, "the bot is in none: type /invite and its name in a channel where people are to ask")
        : ok(check, countedNames(answer.names));
  }
}

function countedNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `#${name}`);
  const rest = names.length - shown.length;
  return `in ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
