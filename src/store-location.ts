import { resolve } from "node:path";

/** Where requests are kept. */
export type StoreLocation =
  /** An absolute path. */
  | { readonly type: "files"; readonly dir: string }
  | {
      readonly type: "postgres";
      readonly url: string;
      /** What may be shown: `host:port/database`. */
      readonly name: string;
      /** What must not be shown. */
      readonly secrets: readonly string[];
    };

/** `file:./data` or `postgres://user:password@host:5432/database`; undefined for anything else. */
export function parseStoreUrl(text: string): StoreLocation | undefined {
  if (/^file:./.test(text)) return { type: "files", dir: resolve(text.slice("file:".length)) };
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const host = url.hostname || url.searchParams.get("host");
  const password = decoded(url.password);
  if (!host || url.pathname.length < 2 || password === undefined) return undefined;
  const secrets = [text, password, url.searchParams.get("password") ?? ""].filter((secret) => secret !== "");
  return { type: "postgres", url: text, name: `${host}:${url.port || "5432"}${url.pathname}`, secrets };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[?::1\]?)$/i.test(hostname);
}

/** Whether a database's password and records may travel unencrypted to another machine. */
export function sendsInClear(store: StoreLocation): boolean {
  if (store.type === "files") return false;
  const url = new URL(store.url);
  const host = url.hostname || (url.searchParams.get("host") ?? "");
  const isHere = host.startsWith("/") || isLoopback(host);
  const needsTls = /^(?:require|verify-ca|verify-full)$/.test(url.searchParams.get("sslmode") ?? "");
  return !isHere && !needsTls;
}
