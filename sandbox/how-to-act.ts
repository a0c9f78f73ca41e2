import { relative } from "node:path";
import { material } from "./material/files.ts";
import type { World } from "./world.ts";

const NAME = "Ana-photo";

/** What `--stay` prints without `--verbose`. */
export function howToOpen({ slack }: World, logFile: string): string {
  return `Open ${slack.url}/

alice asks, bob and carol approve, olga is the operator, eve has no part in it: on the page you are whoever you choose to be.
The bot's log is ${logFile}. --verbose also prints addresses, tokens and a way without a browser.
Ctrl-C ends it.`;
}

/** What it prints with `--verbose`: the page, all addresses, who is who, and five commands from the form to a launch. */
export function howToAct(world: World, logFile: string): string {
  const { slack, gateway, cos, env, people, channel } = world;
  const { alice, bob, carol, olga, eve } = people;
  const photo = relative(process.cwd(), material.photoPng.path);
  return `Open ${slack.url}/

alice asks, bob and carol approve, olga is the operator, eve has no part in it: on the page you are whoever you choose to be.
Without a browser, this is what runs:

Slack      ${slack.url}   (Web API ${slack.apiUrl})
gateway    ${gateway.url}
COS        ${cos.url}
bot        ${world.bot().url}   (/livez, /readyz; pid ${world.bot().pid})
its log    ${logFile}
channel    ${channel}, #avatars, with everybody in it
people     alice ${alice.id} · bob ${bob.id} · carol ${carol.id} · olga ${olga.id} · eve ${eve.id}

What the bot was started with:
${Object.entries(env)
  .map(([name, value]) => `  ${name}=${value}`)
  .join("\n")}

Act as somebody. These five, one after the other, are alice's way from the form to a launch; the lines below tell what comes of it:

  curl -s ${slack.url}/sandbox/people/${alice.id}/command -d '{"channel":"${channel}","line":"/avatar new"}'
  curl -s ${slack.url}/sandbox/people/${alice.id}/submit -d '{"values":{"Kind":"IMAGE_PHOTO","Name":"${NAME}","Sex":"FEMALE"}}'
  curl -s "${slack.url}/sandbox/files?name=photo.png" --data-binary @${photo}
  curl -s ${slack.url}/sandbox/people/${alice.id}/upload -d '{"channel":"${channel}","thread":"${NAME}"}'
  curl -s ${slack.url}/sandbox/people/${alice.id}/click -d '{"where":{"channel":"${channel}","thread":"${NAME}"},"label":"Launch"}'

Also: post {"channel","text","thread"} · shortcut {"callbackId"} · home {} · and all that stands in Slack: curl -s ${slack.url}/sandbox/state
Ctrl-C ends it.`;
}
