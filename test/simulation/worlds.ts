import type { Weather } from "./faults.ts";
import type { Scheduler } from "./scheduler.ts";
import type { CosWorld } from "./worlds/cos-world.ts";
import type { FilesWorld } from "./worlds/files-world.ts";
import type { GatewayWorld } from "./worlds/gateway-world.ts";
import type { SlackWorld } from "./worlds/slack-world.ts";
import type { StoreWorld } from "./worlds/store-world.ts";

/** Everything outside the bot. It stays when a process ends. */
export interface Worlds {
  readonly scheduler: Scheduler;
  readonly weather: Weather;
  readonly slack: SlackWorld;
  readonly gateway: GatewayWorld;
  readonly cos: CosWorld;
  readonly files: FilesWorld;
  readonly store: StoreWorld;
}
