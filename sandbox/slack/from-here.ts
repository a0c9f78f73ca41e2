import type { IncomingMessage } from "node:http";

const OF_THIS_PAGE: readonly unknown[] = [undefined, "same-origin", "none"];

/**
 * Accepts requests to this server's own address only, and from its own page only: another site could post a form, load
 * a picture, or rebind its name to 127.0.0.1. Clients other than browsers (curl, the bot) send no origin.
 * @param own  this server's address, e.g. `http://127.0.0.1:4600`
 */
export function isFromHere(own: string, request: Pick<IncomingMessage, "headers">): boolean {
  const { host, port } = new URL(own);
  const hosts = [host, `localhost:${port}`];
  const { origin } = request.headers;
  if (!hosts.includes(request.headers.host ?? "")) return false;
  if (origin !== undefined && !hosts.some((known) => origin === `http://${known}`)) return false;
  return OF_THIS_PAGE.includes(request.headers["sec-fetch-site"]);
}

/** Browsers send an origin; a form on another site cannot send this content type. */
export function isFormOfABrowser(request: IncomingMessage): boolean {
  const isBrowser = request.headers.origin !== undefined || request.headers["sec-fetch-site"] !== undefined;
  return isBrowser && !/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "");
}
