/** What the gateway says with each result code; the vendor's page 62081, and 100014 as seen in the wild. */
const MESSAGES: Readonly<Record<number, string>> = {
  100000: "Internal system error",
  100001: "Request parameter error",
  100002: "Parameter value error",
  100003: "Request parameter error",
  100005: "Unauthorized operation",
  100008: "Exceed quota limit",
  100012: "Request too frequent",
  100013: "Exceed the purchased hours",
  100014: "QuotaNotFound",
  110005: "The record already exists",
  110006: "The record does not exist",
};

export function messageOf(code: number): string {
  return MESSAGES[code] ?? "Unknown error";
}

/** An answer with a result code other than 0. */
export class GatewayRefusal extends Error {
  readonly code: number;

  constructor(code: number, detail?: string) {
    super(detail === undefined ? messageOf(code) : `${messageOf(code)}: ${detail}`);
    this.code = code;
  }
}
