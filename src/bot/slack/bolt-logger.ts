import { format } from "node:util";
import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../../core/ports.ts";

/** The Web API client's word for each try that got no answer; who asked tells it once, with what it means. */
const NO_ANSWER = "http request failed";

/** Bolt's lines in our log. Its debug lines hold whole payloads with people's words and response URLs: left out. */
export function boltLogger(log: Log): Logger {
  const from = { from: "bolt" };
  return {
    debug: () => undefined,
    info: (...told) => log.info(format(...told), from),
    warn: (...told) => (told[0] === NO_ANSWER ? log.debug : log.warn)(format(...told), from),
    error: (...told) => log.error(format(...told), from),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
