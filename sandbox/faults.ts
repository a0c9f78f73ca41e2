/**
 * Faults that one of the three sandbox servers can produce on demand.
 * `lost-answer` does the work and then cuts the connection, so the caller cannot tell.
 */
export type Fault =
  | {
      readonly type: "status";
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly type: "code"; readonly code: number | string; readonly message?: string }
  | { readonly type: "reset" }
  | { readonly type: "hang" }
  | { readonly type: "cut"; readonly afterBytes: number }
  | { readonly type: "slow"; readonly delayMs: number }
  | { readonly type: "lost-answer" };

/** A planned fault that struck. */
export interface Strike {
  /** The operation that it struck. */
  readonly operation: string;
  readonly fault: Fault;
  readonly nth: number;
  readonly of: number;
}

interface Planned {
  readonly on: readonly string[];
  readonly fault: Fault;
  readonly times: number;
  left: number;
}

/** A queue of faults by operation name, e.g. `make`, `UploadPart`, `chat.postMessage`, `download`; `*` is any operation. */
export class FaultQueue {
  readonly #planned: Planned[] = [];
  readonly #strikes: Strike[] = [];
  #calm = new AbortController();

  get strikes(): readonly Strike[] {
    return this.#strikes;
  }

  /** The next `times` calls of `on` (an operation name, several, or `*`) get this fault. */
  plan(on: string | readonly string[], fault: Fault, times = 1): void {
    this.#planned.push({ on: [on].flat(), fault, times, left: times });
  }

  /** Takes the fault for this call of the operation, if any. */
  take(operation: string): Fault | undefined {
    const hit = this.#planned.find((p) => p.left > 0 && p.on.some((name) => name === operation || name === "*"));
    if (!hit) return undefined;
    hit.left -= 1;
    this.#strikes.push({ operation, fault: hit.fault, nth: hit.times - hit.left, of: hit.times });
    return hit.fault;
  }

  /** Faults that have not struck yet, in words, e.g. `the next 2 PutObject: 503`. */
  get waiting(): readonly string[] {
    return this.#planned.flatMap(({ on, fault, left }) =>
      left > 0 ? [`${nextOnes(on, left)}: ${faultInWords(fault)}`] : [],
    );
  }

  /** Aborted by the next `clear`, to release hanging calls. */
  get calmed(): AbortSignal {
    return this.#calm.signal;
  }

  clear(): void {
    this.#planned.length = 0;
    this.#calm.abort();
    this.#calm = new AbortController();
  }
}

function nextOnes(on: readonly string[], left: number): string {
  const names = on.map((name) => (name === "*" ? (left === 1 ? "call" : "calls") : name));
  return `the next ${left === 1 ? "" : `${left} `}${names.join(" or ")}`;
}

export function faultInWords(fault: Fault): string {
  switch (fault.type) {
    case "status":
      return String(fault.status);
    case "code":
      return String(fault.code);
    case "reset":
      return "connection dropped";
    case "hang":
      return "no answer";
    case "cut":
      return `cut off after ${fault.afterBytes} bytes`;
    case "slow":
      return `${fault.delayMs} ms late`;
    case "lost-answer":
      return "answer lost";
  }
}

/** E.g. `503 on PutObject (1 of 2)`. */
export function strikeInWords({ operation, fault, nth, of }: Strike): string {
  return `${faultInWords(fault)} on ${operation} (${nth} of ${of})`;
}
