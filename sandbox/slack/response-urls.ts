import { randomBytes } from "node:crypto";
import { SlackRefusal } from "./refusal.ts";

const USES = 5;

const LIFE_MS = 30 * 60 * 1000;

/** The origin of a response_url: a command, a shortcut, or a click on the message `ts`. */
export interface ResponsePlace {
  readonly channelId: string;
  readonly userId: string;
  readonly ts?: string;
  /** The thread of the message that was clicked. */
  readonly threadTs?: string | undefined;
}

interface Issued {
  readonly place: ResponsePlace;
  readonly at: number;
  left: number;
}

/** response_urls: five uses in half an hour. docs.slack.dev/interactivity/handling-user-interaction */
export class ResponseUrls {
  readonly #issued = new Map<string, Issued>();
  readonly #url: () => string;
  readonly #now: () => number;

  constructor(url: () => string, now: () => number) {
    this.#url = url;
    this.#now = now;
  }

  issue(place: ResponsePlace): string {
    const token = randomBytes(18).toString("base64url");
    this.#issued.set(token, { place, at: this.#now(), left: USES });
    return `${this.#url()}/actions/${token}`;
  }

  /** @throws {SlackRefusal} invalid_url, expired_url, used_url */
  use(token: string): ResponsePlace {
    const issued = this.#issued.get(token);
    if (!issued) throw new SlackRefusal("invalid_url");
    if (this.#now() - issued.at > LIFE_MS) throw new SlackRefusal("expired_url");
    if (issued.left === 0) throw new SlackRefusal("used_url");
    issued.left -= 1;
    return issued.place;
  }
}
