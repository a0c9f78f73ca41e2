import { format } from "node:util";
import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../core/ports.ts";

/** Bolt's lines in our log. Its debug lines hold whole payloads with people's words and response URLs: left out. */
export function boltLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: (...told) => log.info(format(...told), { from: "bolt" }),
    warn: (...told) => log.warn(format(...told), { from: "bolt" }),
    error: (...told) => log.error(format(...told), { from: "bolt" }),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
