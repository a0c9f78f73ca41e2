import pino from "pino";
import type { Log } from "../core/ports.ts";
import type { Secrets } from "./secrets.ts";

/**
 * Writes one JSON object per line.
 * @param write  receives complete lines with secrets blanked
 */
export function createLog(level: string, secrets: Secrets, write: (line: string) => void): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => write(secrets.clean(withoutQueries(line))) },
  );
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
}

/** The query of an address may be a signature that opens what it names: a demo, a file, the gateway. */
function withoutQueries(line: string): string {
  return line.replace(/(https?:\/\/[^\s"'\\<>?#]+)\?[^\s"'\\<>]+/gi, "$1?…");
}
