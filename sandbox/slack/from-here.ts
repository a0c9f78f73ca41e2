import type { IncomingMessage } from "node:http";

/**
 * Only this server's own address may be asked for, and only its own page may ask: a foreign page could rebind a name.
 * @param own  the server's address, e.g. `http://127.0.0.1:4000`
 */
export function isFromHere(own: string, request: IncomingMessage): boolean {
  const url = new URL(own);
  const hosts = [url.host, `localhost:${url.port}`];
  const { host, origin } = request.headers;
  return hosts.includes(host ?? "") && (origin === undefined || hosts.some((known) => origin === `http://${known}`));
}
