import { createHmac, randomBytes } from "node:crypto";
import { type AppLink, DeliveryFault, type Envelope } from "./delivery.ts";

/** HTTP mode's side of Slack: signed POSTs to the app, or to its replicas in turn as a load balancer does. docs.slack.dev/authentication/verifying-requests-from-slack */
export class HttpMode implements AppLink {
  readonly #signingSecret: string;
  #urls: readonly string[];
  #turn = 0;

  constructor(signingSecret: string, urls: readonly string[]) {
    this.#signingSecret = signingSecret;
    this.#urls = urls;
  }

  setUrls(urls: readonly string[]): void {
    this.#urls = urls;
  }

  connected(): number {
    return this.#urls.length === 0 ? 0 : 1;
  }

  async send(envelope: Envelope, signal: AbortSignal): Promise<unknown> {
    const isForm = envelope.kind !== "events_api";
    const body = isForm ? form(envelope) : JSON.stringify(envelope.body);
    const response = await this.#post(body, isForm, signal, envelope.retry);
    const text = await response.text();
    if (!response.ok) throw new DeliveryFault("http_error", response.headers.get("x-slack-no-retry") === "1");
    const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
    return isJson ? JSON.parse(text) : text;
  }

  /**
   * The challenge that Slack sends when an events URL is saved.
   * @throws when the app does not answer with it
   */
  async verifyUrl(): Promise<void> {
    const challenge = randomBytes(16).toString("hex");
    const response = await this.#post(
      JSON.stringify({ type: "url_verification", challenge }),
      false,
      AbortSignal.timeout(3000),
    );
    if (!(await response.text()).includes(challenge))
      throw new Error("saving the events URL: it did not answer with the challenge");
  }

  async #post(body: string, isForm: boolean, signal: AbortSignal, retry?: Envelope["retry"]): Promise<Response> {
    if (this.#urls.length === 0) throw new DeliveryFault("not_connected", true);
    // The app compares this with its own clock, so use the real time.
    const timestamp = Math.floor(Date.now() / 1000);
    const digest = createHmac("sha256", this.#signingSecret).update(`v0:${timestamp}:${body}`).digest("hex");
    const headers = {
      "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "x-slack-request-timestamp": String(timestamp),
      "x-slack-signature": `v0=${digest}`,
      ...(retry && { "x-slack-retry-num": String(retry.num), "x-slack-retry-reason": retry.reason }),
    };
    for (const url of this.#inTurn()) {
      try {
        return await fetch(url, { method: "POST", headers, body, signal, redirect: "error" });
      } catch {
        if (signal.aborted) throw new DeliveryFault("http_timeout");
      }
    }
    throw new DeliveryFault("connection_failed");
  }

  /** The next one, and the others for when it does not take the connection. */
  #inTurn(): readonly string[] {
    this.#turn += 1;
    const first = this.#turn % this.#urls.length;
    return [...this.#urls.slice(first), ...this.#urls.slice(0, first)];
  }
}

function form({ kind, body }: Envelope): string {
  if (kind === "interactive") return new URLSearchParams({ payload: JSON.stringify(body) }).toString();
  return new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
