import { z } from "zod";
import type { Core } from "./core.ts";
import { type Args, type Method, parseArgs } from "./method.ts";
import { SlackRefusal } from "./refusal.ts";
import { readHome, readModal } from "./view-rules.ts";

const Open = z.looseObject({ trigger_id: z.string().min(1), view: z.unknown() });
const Update = z.looseObject({
  view_id: z.string().min(1).optional(),
  external_id: z.string().min(1).optional(),
  hash: z.string().min(1).optional(),
  view: z.unknown(),
});
const Publish = z.looseObject({ user_id: z.string().min(1), hash: z.string().min(1).optional(), view: z.unknown() });

/** docs.slack.dev/reference/methods/views.publish: "greater than 250kb" */
const MOST_BYTES = 250_000;

export const viewMethods: Record<string, Method> = {
  "views.open": { run: open },
  "views.push": { run: push },
  "views.update": { run: update },
  "views.publish": { run: publish },
};

function open(core: Core, args: Args) {
  const ask = parseArgs(Open, args);
  const view = readModal(ask.view);
  return { view: core.views.open(view, core.triggers.exchange(ask.trigger_id)) };
}

function push(core: Core, args: Args) {
  const ask = parseArgs(Open, args);
  const view = readModal(ask.view);
  return { view: core.views.push(view, core.triggers.exchange(ask.trigger_id)) };
}

function update(core: Core, args: Args) {
  const ask = parseArgs(Update, args);
  if (!ask.view_id && !ask.external_id)
    throw new SlackRefusal("invalid_arguments", {
      response_metadata: { messages: ["[ERROR] either view_id or external_id is required"] },
    });
  const which = {
    ...(ask.view_id && { viewId: ask.view_id }),
    ...(ask.external_id && { externalId: ask.external_id }),
  };
  return { view: core.views.update(which, readModal(ask.view), ask.hash) };
}

function publish(core: Core, args: Args) {
  const ask = parseArgs(Publish, args);
  const user = core.workspace.users.get(ask.user_id);
  if (!user || user.isBot) throw new SlackRefusal("user_not_found");
  if (JSON.stringify(ask.view).length > MOST_BYTES) throw new SlackRefusal("view_too_large");
  return { view: core.views.publish(readHome(ask.view), ask.user_id, ask.hash) };
}
