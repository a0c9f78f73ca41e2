import fetch from "node-fetch";
import { describeFault } from "../../core/fault.ts";
import type { Finding } from "./finding.ts";
import { ok, unknown, wrong } from "./finding.ts";

const TIMEOUT_MS = 10_000;
const CHECK = "PUBLIC_URL";

/** Asks our own `/livez` from outside; whether it is the bot that answers shows only while the bot runs. */
export async function checkPublicUrl(publicUrl: string): Promise<Finding> {
  const url = `${publicUrl.replace(/\/+$/, "")}/livez`;
  try {
    const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = (await answer.text()).trim();
    if (answer.status === 200 && text === "alive") return ok(CHECK, `${publicUrl} leads to the running bot`);
    if (answer.status >= 500) return unknown(CHECK, `${url} answers ${answer.status}: it shows once the bot runs`);
    return wrong(CHECK, `${url} answers ${answer.status}, not as the bot does: let it forward to PORT`);
  } catch (error) {
    return wrong(CHECK, `${url} does not answer (${describeFault(error)}): check DNS, certificate and proxy`);
  }
}
