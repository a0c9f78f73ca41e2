import { format } from "node:util";
import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../../core/ports.ts";

/** What the Web API client logs for each attempt without an answer; the caller logs the failure once. */
const NO_ANSWER = "http request failed";

/** Writes Bolt's lines to our log, without its debug lines: they hold payloads with people's words and response URLs. */
export function boltLogger(log: Log): Logger {
  const from = { from: "bolt" };
  return {
    debug: () => undefined,
    info: (...parts) => log.info(format(...parts), from),
    warn: (...parts) => (parts[0] === NO_ANSWER ? log.debug : log.warn)(format(...parts), from),
    error: (...parts) => log.error(format(...parts), from),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
