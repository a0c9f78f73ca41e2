import type { Fault, FaultQueue } from "../faults.ts";

export type EnvelopeKind = "events_api" | "slash_commands" | "interactive";

export interface Envelope {
  readonly kind: EnvelopeKind;
  readonly body: Record<string, unknown>;
  readonly retry?: { readonly num: number; readonly reason: string };
}

/** How to reach the app: sockets or signed HTTP. `send` resolves with the acknowledgement, or `signal` aborts it. */
export interface AppLink {
  send(envelope: Envelope, signal: AbortSignal): Promise<unknown>;
  connected(): number;
}

/** The outcome of a delivery: the acknowledgement, or why there is none. */
export type Outcome = { readonly answer: unknown } | { readonly lost: string };

/** A delivery that the app did not acknowledge; `reason` as in x-slack-retry-reason and retry_reason. */
export class DeliveryFault extends Error {
  readonly reason: string;
  /** No app is connected, or it asked for no retry: Slack gives up. */
  readonly isFinal: boolean;

  constructor(reason: string, isFinal = false) {
    super(reason);
    this.reason = reason;
    this.isFinal = isFinal;
  }
}

export interface DeliverySettings {
  /** Whether to deliver an event twice at once. */
  readonly isTwice: () => boolean;
  readonly ackTimeoutMs: number;
  /** Slack's own: at once, after 1 minute, after 5 minutes. */
  readonly retryDelaysMs: readonly number[];
  readonly schedule: (delayMs: number, run: () => void) => () => void;
  /** Called when an attempt starts. */
  readonly watch?: (envelope: Envelope, outcome: Promise<Outcome>) => void;
}

/**
 * Events with Slack's retries, and interactions without. Faults planned on `event` or `interaction`:
 * `reset`, `hang`, `cut`: the attempt does not reach the app · `slow`: it arrives late ·
 * `lost-answer`: it arrives, the acknowledgement is lost · `status`, `code`: the event is lost.
 */
export class Delivery {
  readonly #link: AppLink;
  readonly #faults: FaultQueue;
  readonly #settings: DeliverySettings;
  readonly #pending = new Set<() => void>();
  #doubled = 0;

  constructor(link: AppLink, faults: FaultQueue, settings: DeliverySettings) {
    this.#link = link;
    this.#faults = faults;
    this.#settings = settings;
  }

  connected(): number {
    return this.#link.connected();
  }

  /** Resolves after the first attempt, successful or not; retries continue in the background. */
  async event(body: Record<string, unknown>): Promise<void> {
    const again = this.#settings.isTwice() ? [this.#again(body)] : [];
    await Promise.all([body, ...again].map((one) => this.#attempt(one, 0)));
  }

  /** @throws {DeliveryFault} when nobody acknowledged in time */
  async interaction(kind: EnvelopeKind, body: Record<string, unknown>): Promise<unknown> {
    return this.#send({ kind, body }, "interaction");
  }

  close(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }

  #again(body: Record<string, unknown>): Record<string, unknown> {
    this.#doubled += 1;
    return this.#doubled % 2 === 0 ? { ...body, event_id: `${body.event_id}X` } : body;
  }

  async #attempt(body: Record<string, unknown>, num: number, reason?: string): Promise<void> {
    const retry = num > 0 ? { retry: { num, reason: reason ?? "timeout" } } : {};
    try {
      await this.#send({ kind: "events_api", body, ...retry }, "event");
    } catch (fault) {
      if (!(fault instanceof DeliveryFault)) throw fault;
      const delay = this.#settings.retryDelaysMs[num];
      if (!fault.isFinal && delay !== undefined) this.#later(delay, () => this.#attempt(body, num + 1, fault.reason));
    }
  }

  #later(delayMs: number, run: () => Promise<void>): void {
    const cancel = this.#settings.schedule(delayMs, () => {
      this.#pending.delete(cancel);
      void run();
    });
    this.#pending.add(cancel);
  }

  #send(envelope: Envelope, operation: "event" | "interaction"): Promise<unknown> {
    const sending = this.#deliver(envelope, operation);
    const outcome = sending.then(
      (answer) => ({ answer }),
      (fault: unknown) => ({ lost: fault instanceof DeliveryFault ? fault.reason : String(fault) }),
    );
    this.#settings.watch?.(envelope, outcome);
    return sending;
  }

  async #deliver(envelope: Envelope, operation: "event" | "interaction"): Promise<unknown> {
    const fault = this.#faults.take(operation);
    if (fault) await this.#meet(fault);
    const timeout = new AbortController();
    const cancel = this.#settings.schedule(this.#settings.ackTimeoutMs, () => timeout.abort());
    try {
      const answer = await this.#link.send(envelope, timeout.signal);
      if (fault?.type === "lost-answer") throw new DeliveryFault("timeout");
      return answer;
    } finally {
      cancel();
    }
  }

  async #meet(fault: Fault): Promise<void> {
    switch (fault.type) {
      case "slow":
        return new Promise((resolve) => this.#later(fault.delayMs, async () => resolve()));
      case "reset":
      case "hang":
      case "cut":
        throw new DeliveryFault("timeout");
      case "status":
      case "code":
        throw new DeliveryFault("http_error", true);
      case "lost-answer":
        return;
    }
  }
}

/** The real timer; a pending retry does not keep the process alive. */
export function onRealClock(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
}
