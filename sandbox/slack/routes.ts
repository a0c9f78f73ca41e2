import type { IncomingMessage, ServerResponse } from "node:http";
import type { Core } from "./core.ts";
import { serveFile, serveLoginPage } from "./download.ts";
import { sendJson } from "./http-answer.ts";
import { servePeople } from "./people-http.ts";
import type { Person } from "./person.ts";
import { serveResponseUrl } from "./response-url.ts";
import { receiveUpload } from "./upload-methods.ts";
import { serveApi } from "./web-api.ts";

/** Handles requests outside Slack's paths. @returns whether it took this one */
export type Guest = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

interface Also {
  person(id: string): Person;
  readonly guest: Guest;
}

/** Slack's paths, the people's, then those of added handlers. */
export async function serve(core: Core, also: Also, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  try {
    if (path === undefined) return sendJson(response, { ok: false, error: "no_such_address" }, 400);
    if (path.startsWith("/api/")) await serveApi(core, path.slice("/api/".length), request, response);
    else if (path.startsWith("/files-pri/")) await serveFile(core, request, response, path);
    else if (path.startsWith("/upload/v1/")) await receiveUpload(core, request, response, path);
    else if (path.startsWith("/actions/")) await serveResponseUrl(core, path, request, response);
    else if (await also.guest(request, response)) return;
    else if (path.startsWith("/sandbox/")) await servePeople(core, also.person, request, response);
    else if (path === "/") serveLoginPage(response);
    else sendJson(response, { ok: false, error: "not_found" }, 404);
  } catch (fault) {
    console.error(`sandbox Slack: serving ${request.method} ${path}:`, fault);
    if (response.headersSent) response.destroy();
    else sendJson(response, { ok: false, error: "internal_error" }, 500);
  }
}

/** Undefined for an invalid path, e.g. `//`. */
function pathOf({ url = "/" }: IncomingMessage): string | undefined {
  return URL.canParse(url, "http://localhost") ? new URL(url, "http://localhost").pathname : undefined;
}
