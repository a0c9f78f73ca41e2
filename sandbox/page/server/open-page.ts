import { RequestNames } from "../../request-names.ts";
import type { World } from "../../world.ts";
import type { PageState } from "../contract.ts";
import { ActivityLog } from "./activity-log.ts";
import { withoutKnown } from "./blank.ts";
import type { PageFiles } from "./bundle.ts";
import { ChangeStream, type News, type StreamClock } from "./change-stream.ts";
import { serveControls } from "./controls-http.ts";
import { type Backstage, backstageOf, pageStateOf } from "./page-state.ts";
import { type PageParts, servePage } from "./serve-page.ts";
import { watchBehind } from "./watch-behind.ts";
import { logPassing } from "./watch-slack.ts";

/** How often to poll what sends no change events. */
const LOOK_MS = 100;

/**
 * Serves the sandbox's page from the address of its Slack.
 * @returns closes it
 */
export function openPage(
  world: World,
  options: { readonly clock?: StreamClock; readonly bundle?: () => Promise<PageFiles> } = {},
): () => void {
  const { slack, gateway } = world;
  const clock = options.clock ?? WALL;
  const seen: { backstage: Backstage; asText: string } = { backstage: backstageOf(world), asText: "" };
  const names = new RequestNames();
  const secrets = [slack.botToken, slack.appToken, slack.signingSecret, gateway.appkey, gateway.accessToken];
  const log = new ActivityLog(
    secrets,
    (text) => names.about(text),
    () => stream.changed(),
  );
  const news: News = {
    state() {
      const state = pageStateOf(world, seen.backstage);
      learnNames(names, state);
      return withoutKnown(JSON.stringify(state), secrets);
    },
    activities: (after) => log.after(after),
  };
  const stream = new ChangeStream(news, clock);
  const lookBehind = watchBehind(world, log, Date.now, (said) => stream.trouble(said));

  function look(): void {
    lookBehind();
    const backstage = backstageOf(world);
    const asText = JSON.stringify(backstage);
    if (asText === seen.asText) return;
    Object.assign(seen, { backstage, asText });
    stream.changed();
  }
  const waiting = { cancel: (): void => {} };
  const lookAgain = (): void => {
    waiting.cancel = clock.after(LOOK_MS, () => {
      look();
      lookAgain();
    });
  };
  look();
  lookAgain();

  const forgets = [
    slack.onChange(() => stream.changed()),
    world.onBotChange(() => look()),
    // Record gateway calls before the Slack messages that follow from them.
    slack.watch((passing) => {
      lookBehind();
      logPassing(log, passing, Date.now());
    }),
  ];
  const stage = slack.stage.bind(slack);
  const controls: PageParts["controls"] = (request, response) => serveControls(world, request, response);
  slack.admit(servePage({ url: slack.url, mediaUrl: gateway.url, controls, stream, stage, ...options }));
  return () => {
    waiting.cancel();
    for (const forget of forgets) forget();
    stream.close();
  };
}

/** Cards name their threads and avatars; those name files and tasks; files name their objects. */
function learnNames(names: RequestNames, { channels, tasks, objects }: PageState): void {
  for (const { messages } of channels) for (const message of messages) names.learnMessage(message);
  for (const { taskId, anchorName } of tasks) names.learn(taskId, names.get(anchorName));
  for (const { key } of objects) if (names.get(key) === undefined) names.learn(key, names.in(key));
}

const WALL: StreamClock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
