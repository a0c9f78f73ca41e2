import type { IncomingMessage } from "node:http";

const OF_THIS_PAGE: readonly unknown[] = [undefined, "same-origin", "none"];

/**
 * Only this server's own address may be asked for, and only its own page may ask: a foreign page could post a form, load
 * a picture, or rebind its own name to 127.0.0.1. What is no browser (curl, the bot) says nothing of where it comes from.
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

/** A browser's request says where it comes from; a form of another page can send any type of body but this one. */
export function isFormOfABrowser(request: IncomingMessage): boolean {
  const isBrowser = request.headers.origin !== undefined || request.headers["sec-fetch-site"] !== undefined;
  return isBrowser && !/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "");
}
