import type { World } from "../../world.ts";
import type { Controls } from "../contract.ts";
import type { PageFiles } from "./bundle.ts";
import { ChangeStream, type News, type StreamClock } from "./change-stream.ts";
import { type Backstage, backstageOf, pageStateOf } from "./page-state.ts";
import { servePage } from "./serve-page.ts";

/** How often it is looked at what moves without telling. */
const LOOK_MS = 100;

/**
 * Gives the sandbox its page, on the address of its Slack.
 * @returns closes it
 */
export function openPage(
  world: World,
  controls: Controls,
  options: { readonly clock?: StreamClock; readonly bundle?: () => Promise<PageFiles> } = {},
): () => void {
  const { slack, gateway } = world;
  const clock = options.clock ?? WALL;
  const seen: { backstage: Backstage; asText: string } = { backstage: backstageOf(world, controls), asText: "" };
  const news: News = {
    state: () => JSON.stringify(pageStateOf(world, seen.backstage)),
    activities: (after) => ({ all: [], upTo: after }),
  };
  const stream = new ChangeStream(news, clock);

  function look(): void {
    const backstage = backstageOf(world, controls);
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

  const forget = slack.onChange(() => stream.changed());
  slack.admit(servePage({ url: slack.url, mediaUrl: gateway.url, controls, stream, ...options }));
  return () => {
    waiting.cancel();
    forget();
    stream.close();
  };
}

const WALL: StreamClock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
