import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { HTTPModuleFunctions, verifySlackRequest } from "@slack/bolt";
import { describeFault } from "../../core/fault.ts";
import type { Ports } from "../../core/ports.ts";

/** Slack's requests in HTTP mode. */
export interface SignedRequests {
  /** Whether the headers are those of a request that Slack signed within the last five minutes. */
  accepts(headers: IncomingHttpHeaders): boolean;
  handle(req: IncomingMessage, res: ServerResponse, body: Buffer): void;
}

const SIGNATURE = "x-slack-signature";
const TIMESTAMP = "x-slack-request-timestamp";
/** @see docs.slack.dev, Verifying requests from Slack */
const OLDEST_SECONDS = 5 * 60;
/** A flood of forged requests must not fill the log. */
const WARN_EVERY_MS = 60_000;

/** Checks what Bolt's receiver does not survive, such as the signed body `null`, before it sees a request. */
export function signedRequests(
  bolt: RequestListener,
  signingSecret: string,
  { clock, log }: Pick<Ports, "clock" | "log">,
): SignedRequests {
  const warned = { at: Number.NEGATIVE_INFINITY };
  const refuse = (res: ServerResponse, status: number, because: string): void => {
    res.writeHead(status).end();
    if (clock.now() - warned.at < WARN_EVERY_MS) return;
    warned.at = clock.now();
    log.warn("refusing a request to /slack/events", { status, because });
  };
  return {
    accepts: (headers) => isSlackLike(headers, clock.now() / 1000),
    handle(req, res, rawBody) {
      const forged = forgery(req.headers, rawBody, signingSecret, clock.now());
      if (forged !== undefined) return refuse(res, 401, `${forged}. Is SLACK_SIGNING_SECRET this app's?`);
      const request = Object.assign(req, { rawBody });
      if (!holdsObject(request)) return refuse(res, 400, "no-object");
      bolt(request, res);
    },
  };
}

function isSlackLike(headers: IncomingHttpHeaders, nowSeconds: number): boolean {
  const [signature, timestamp] = [headers[SIGNATURE], headers[TIMESTAMP]].map(String);
  if (!/^v0=[0-9a-f]{64}$/.test(signature ?? "") || !/^\d{1,12}$/.test(timestamp ?? "")) return false;
  return Math.abs(nowSeconds - Number(timestamp)) <= OLDEST_SECONDS;
}

function forgery(headers: IncomingHttpHeaders, body: Buffer, signingSecret: string, now: number): string | undefined {
  try {
    verifySlackRequest({
      signingSecret,
      body: body.toString(),
      headers: { [SIGNATURE]: String(headers[SIGNATURE]), [TIMESTAMP]: Number(headers[TIMESTAMP]) },
      nowMilliseconds: now,
    });
    return undefined;
  } catch (error) {
    return describeFault(error);
  }
}

/** Bolt reads members of whatever the JSON is. */
function holdsObject(request: IncomingMessage & { readonly rawBody: Buffer }): boolean {
  try {
    const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(request);
    return typeof body === "object" && body !== null && !Array.isArray(body);
  } catch {
    return false;
  }
}
