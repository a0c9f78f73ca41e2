import { FaultQueue } from "../../../sandbox/faults.ts";
import { assemble } from "../../../sandbox/slack/assemble.ts";
import type { Core } from "../../../sandbox/slack/core.ts";
import type { AppLink } from "../../../sandbox/slack/delivery.ts";
import { Delivery } from "../../../sandbox/slack/delivery.ts";
import { Person } from "../../../sandbox/slack/person.ts";
import { SlackRefusal } from "../../../sandbox/slack/refusal.ts";
import { respond } from "../../../sandbox/slack/response-url.ts";
import { answerApi } from "../../../sandbox/slack/web-api.ts";
import type { StoredMessage } from "../../../sandbox/slack/workspace.ts";
import type { CallWorld, Mortal } from "../call.ts";
import { carry } from "../call.ts";
import type { Failure } from "../faults.ts";

const URL_OF_SLACK = "https://slack.example.com";
/** Each process reaches Slack under an address of its own, so that a call shows who made it. */
const OF_A_PROCESS = /^\/of\/([\w.-]+)/;
export const BOT_TOKEN = "xoxb-simulated";

/** The sandbox's Slack without its server. */
export class SlackWorld {
  readonly core: Core;
  readonly channel: string;
  /** What Slack refuses for a while, e.g. every message to an archived channel. */
  refusing: ((method: string) => string | undefined) | undefined;
  /** Every event comes twice. */
  sendsTwice = false;
  readonly #world: CallWorld;
  readonly #people = new Map<string, Person>();

  constructor(world: CallWorld, link: AppLink, names: readonly string[]) {
    this.#world = world;
    const { scheduler } = world;
    const faults = new FaultQueue();
    const given = { botToken: BOT_TOKEN, appToken: "xapp-simulated", signingSecret: "", dataDir: "/nonexistent" };
    const { core } = assemble({ now: () => scheduler.now() }, { ...given, faults, url: () => URL_OF_SLACK });
    const delivery = new Delivery(link, faults, {
      ackTimeoutMs: 3000,
      retryDelaysMs: [0, 60_000, 300_000],
      isTwice: () => this.sendsTwice,
      schedule: (ms, run) => scheduler.after(ms, run),
    });
    this.core = { ...core, delivery };
    const { workspace } = core;
    for (const name of names) {
      const id = workspace.addUser({ name, locale: "en-US", teamId: workspace.teamId, standing: "member" });
      const user = workspace.users.get(id);
      if (user) this.#people.set(name, new Person(this.core, user));
    }
    const members = [...workspace.users.keys()];
    this.channel = workspace.addChannel("studio", "public", members).id;
  }

  person(name: string): Person {
    const person = this.#people.get(name);
    if (!person) throw new Error(`nobody is called ${name}`);
    return person;
  }

  messages(): readonly StoredMessage[] {
    return this.core.workspace.all(this.channel);
  }

  /** The network as one process has it. */
  fetchFor(by: Mortal): typeof fetch {
    return (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      const [, kind = "", ...rest] = pathname.replace(OF_A_PROCESS, "").split("/");
      const operation = kind === "actions" ? "response_url" : rest.join("/");
      const body = String(init?.body ?? "");
      const headers = new Headers(init?.headers);
      const answered = carry(this.#world, {
        by,
        wire: "slack",
        operation,
        patienceMs: 60_000,
        fail: failedResponse,
        work: () => (kind === "actions" ? this.#respond(rest.join("/"), body) : this.#answer(operation, body, headers)),
      });
      return init?.signal ? abortable(answered, init.signal) : answered;
    };
  }

  #answer(method: string, body: string, headers: Headers): Response {
    const refused = this.refusing?.(method);
    if (refused) return json({ ok: false, error: refused });
    const [authorization, type] = [headers.get("authorization"), headers.get("content-type")];
    return json(
      answerApi(this.core, method, body, {
        ...(authorization && { authorization }),
        ...(type && { "content-type": type }),
      }),
    );
  }

  #respond(token: string, body: string): Response {
    try {
      respond(this.core, this.core.responseUrls.use(token), JSON.parse(body));
      return json({ ok: true });
    } catch (refusal) {
      if (!(refusal instanceof SlackRefusal)) throw refusal;
      return json({ ok: false, error: refusal.code }, 404);
    }
  }
}

/** The address of the Web API for one process. */
export function apiUrlOf(name: string): string {
  return `${URL_OF_SLACK}/of/${name}/api/`;
}

/** The process that a call to the Web API comes from. */
export function callerOf(input: Parameters<typeof fetch>[0]): string | undefined {
  return OF_A_PROCESS.exec(new URL(input instanceof Request ? input.url : input).pathname)?.[1];
}

function failedResponse(failure: Failure): Response {
  switch (failure.type) {
    case "not-sent":
    case "reset":
    case "hang":
      throw new TypeError("fetch failed");
    case "status":
      return new Response("", {
        status: failure.status,
        headers: failure.status === 429 ? { "retry-after": "5" } : {},
      });
    case "code":
      return json({ ok: false, error: failure.code });
    case "malformed":
      return new Response("<html>Bad gateway</html>", { status: 200, headers: { "content-type": "text/html" } });
  }
}

function json(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
