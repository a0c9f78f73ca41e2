import { createHmac, randomBytes } from "node:crypto";
import { type AppLink, DeliveryFault, type Envelope } from "./delivery.ts";

/** HTTP mode's side of Slack: signed POSTs to one URL. docs.slack.dev/authentication/verifying-requests-from-slack */
export class HttpMode implements AppLink {
  readonly #signingSecret: string;
  #url: string | undefined;

  constructor(signingSecret: string, url: string | undefined) {
    this.#signingSecret = signingSecret;
    this.#url = url;
  }

  setUrl(url: string): void {
    this.#url = url;
  }

  connected(): number {
    return this.#url === undefined ? 0 : 1;
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
    if (this.#url === undefined) throw new DeliveryFault("not_connected", true);
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
    try {
      return await fetch(this.#url, { method: "POST", headers, body, signal, redirect: "error" });
    } catch {
      throw new DeliveryFault(signal.aborted ? "http_timeout" : "connection_failed");
    }
  }
}

function form({ kind, body }: Envelope): string {
  if (kind === "interactive") return new URLSearchParams({ payload: JSON.stringify(body) }).toString();
  return new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
