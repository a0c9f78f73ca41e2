import type { Clock, CustomizationStore, KeyedMutex } from "../core/ports.ts";
import type {
  ChannelLocales,
  Engine,
  OpenedHome,
  OpenedHomes,
  RateSlots,
  ShownMessages,
} from "../core/replica-ports.ts";
import { channelLocalesInMemory } from "./channel-locales.ts";
import type { ShownLog } from "./shown-log.ts";

/** What a process that has its store alone keeps besides requests: in memory, unless it is given what keeps it in files. */
export function embeddedEngine(
  store: CustomizationStore,
  clock: Clock,
  mutex: KeyedMutex,
  { locales = channelLocalesInMemory(), shown = shownInMemory() }: KeptInFiles = {},
): Engine {
  return {
    store,
    clock,
    mutex,
    rates: rateSlotsInMemory(() => performance.now()),
    homes: openedHomesInMemory(),
    shown,
    locales,
    onDue: () => undefined,
    async close() {
      await store.close();
      await shown.close?.();
    },
  };
}

interface KeptInFiles {
  readonly locales?: ChannelLocales;
  readonly shown?: ShownMessages & Partial<Pick<ShownLog, "close">>;
}

/** @param monotonic  milliseconds, e.g. `performance.now`: a clock that is set must not stop the calls */
export function rateSlotsInMemory(monotonic: () => number): RateSlots {
  const nextFree = new Map<string, number>();
  return {
    async reserve(name, everyMs) {
      const now = monotonic();
      const at = Math.max(now, nextFree.get(name) ?? now);
      nextFree.set(name, at + everyMs);
      return at - now;
    },
  };
}

/** The person who opened theirs longest ago is dropped first: it refreshes when they open it again. */
const MOST_HOMES = 1_000;

function openedHomesInMemory(): OpenedHomes {
  const known = new Map<string, OpenedHome>();
  return {
    async opened(viewer) {
      const acts = (known.get(viewer.user)?.acts ?? 0) + 1;
      known.delete(viewer.user);
      known.set(viewer.user, { ...viewer, acts });
      const [oldest] = known.keys();
      if (known.size > MOST_HOMES && oldest !== undefined) known.delete(oldest);
    },
    find: async (user) => known.get(user),
    latest: async (limit) => [...known.values()].reverse().slice(0, limit),
  };
}

const MOST_SHOWN = 100_000;

function shownInMemory(): ShownMessages {
  const known = new Map<string, string>();
  return {
    digestOf: async (place) => known.get(place),
    async remember(place, digest) {
      known.delete(place);
      known.set(place, digest);
      const [oldest] = known.keys();
      if (known.size > MOST_SHOWN && oldest !== undefined) known.delete(oldest);
    },
    async forget(place) {
      known.delete(place);
    },
  };
}
