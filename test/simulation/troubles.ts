import type { Worlds } from "./worlds.ts";

interface Trouble {
  readonly name: string;
  readonly begin: (worlds: Worlds) => void;
  readonly end: (worlds: Worlds) => void;
}

/** What fails as a whole for a while; a new trouble is a row here. */
const TROUBLES: readonly Trouble[] = [
  {
    name: "the channel is archived",
    begin: ({ slack }) => {
      slack.refusing = (method) => (method.startsWith("chat.") ? "is_archived" : undefined);
    },
    end: ({ slack }) => {
      slack.refusing = undefined;
    },
  },
  {
    name: "the token is refused",
    begin: ({ slack }) => {
      slack.refusing = () => "token_expired";
    },
    end: ({ slack }) => {
      slack.refusing = undefined;
    },
  },
  {
    name: "the disk is full",
    begin: ({ store }) => {
      store.trouble = "full";
    },
    end: ({ store }) => {
      store.trouble = undefined;
    },
  },
  {
    name: "the store is away",
    begin: ({ store }) => {
      store.trouble = "away";
    },
    end: ({ store }) => {
      store.trouble = undefined;
    },
  },
  {
    name: "the quota is used up",
    begin: ({ gateway }) => {
      gateway.account.quota = 0;
    },
    end: ({ gateway }) => {
      gateway.account.quota = 1000;
    },
  },
];

/** In some runs, at some time, one of them begins, and ends after a while. */
export function troubles(worlds: Worlds): void {
  const { scheduler, weather } = worlds;
  const { random } = scheduler;
  if (random.chance(0.5)) return;
  const trouble = random.pick(TROUBLES);
  if (!trouble) return;
  scheduler.after(random.between(0, 30 * 60_000), () => {
    weather.count(`trouble: ${trouble.name}`);
    scheduler.note(trouble.name);
    trouble.begin(worlds);
    scheduler.after(random.between(5_000, 10 * 60_000), () => trouble.end(worlds));
  });
}
