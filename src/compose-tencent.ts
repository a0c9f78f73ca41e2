import { randomUUID } from "node:crypto";
import type { Config } from "./config.ts";
import type { Log, Ports } from "./core/ports.ts";
import type { Engine } from "./core/replica-ports.ts";
import { systemClock } from "./ops/clock.ts";
import type { Metrics } from "./ops/metrics.ts";
import { accountAssets } from "./tencent/assets.ts";
import { accountBroadcast } from "./tencent/broadcast.ts";
import { cosVault } from "./tencent/cos-vault.ts";
import { faceCheck } from "./tencent/face-check.ts";
import { gateway } from "./tencent/gateway.ts";
import { PartPool } from "./tencent/part-pool.ts";
import { pieceVault } from "./tencent/piece-vault.ts";
import { accountQuotas } from "./tencent/quotas.ts";
import { credentialSeal } from "./tencent/sealed-credentials.ts";
import { avatarStudio } from "./tencent/studio.ts";
import { uploadCredentials } from "./tencent/upload-credentials.ts";
import { voiceLab } from "./tencent/voice-lab.ts";

export type TencentPorts = Pick<
  Ports,
  "studio" | "gatewayRoom" | "assets" | "quotas" | "broadcast" | "voices" | "faces" | "vault" | "pieces"
>;

interface TencentOptions {
  readonly config: Pick<Config, "tencent">;
  readonly engine: Pick<Engine, "rates">;
  readonly log: Log;
  /** Registers values that must never be logged. */
  readonly secrets: { add(value: string): void };
  /** Counts calls and transfers. */
  readonly metrics?: Metrics;
}

/** Builds the ports to Tencent Cloud from the settings. */
export function tencentPorts({ config, engine, log, secrets, metrics }: TencentOptions): TencentPorts {
  // Signatures and credentials go by this machine's time, as the vendor's clock and not the database's judges them.
  const clock = systemClock;
  const { appkey, accessToken, baseUrl, rate, cosEndpoint } = config.tencent;
  const signedGateway = gateway({
    baseUrl,
    appkey,
    accessToken,
    rate,
    rates: engine.rates,
    clock,
    log,
    ...(metrics && { onCall: metrics.gatewayCall }),
  });
  const credentials = uploadCredentials({ gateway: signedGateway, clock, secrets });
  const pool = new PartPool();
  const vault = cosVault({ credentials, endpoint: cosEndpoint, log, pool });
  const seal = credentialSeal(accessToken, secrets);
  const pieces = pieceVault({ credentials, seal, endpoint: cosEndpoint, log, pool });
  return {
    studio: avatarStudio(signedGateway),
    gatewayRoom: () => signedGateway.room(),
    assets: accountAssets(signedGateway),
    broadcast: accountBroadcast(signedGateway),
    quotas: accountQuotas({ gateway: signedGateway, clock, log }),
    voices: voiceLab(signedGateway),
    faces: faceCheck(signedGateway, randomUUID),
    vault: metrics ? metrics.countTransfers(vault) : vault,
    pieces: metrics ? metrics.countPieces(pieces) : pieces,
  };
}
