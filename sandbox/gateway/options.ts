import type { SandboxCos } from "../cos/server.ts";
import type { StageInfoForm } from "./progress.ts";

export interface GatewayOptions {
  readonly cos: SandboxCos;
  readonly port?: number;
  /** milliseconds since 1970 */
  readonly now?: () => number;
  readonly appkey?: string;
  readonly accessToken?: string;
  /** how long each stage lasts, by the stage clock */
  readonly stageMs?: number;
  /** whether each upload credential has a folder of its own */
  readonly prefixes?: "fresh" | "same";
  /** which of the vendor's two gateways it plays; the international one by default */
  readonly plays?: "international" | "mainland";
  readonly credentialSeconds?: number;
  /** how many states an inspection tells before its end; all that there are unless given */
  readonly inspectionStates?: number;
  /** where demo links point; the gateway itself by default */
  readonly demoBaseUrl?: string;
  readonly bucket?: string;
  readonly region?: string;
  readonly stageInfo?: StageInfoForm;
  /** how long a new avatar or voice is valid; a year by default */
  readonly validDays?: number;
}

export interface GatewayCall {
  /** the last word of the path */
  readonly operation: string;
  readonly payload: unknown;
  readonly header: unknown;
  readonly requestId: string;
  /** the result code, also of a lost answer; -1 while undecided */
  code: number;
  /** the Payload when the code is 0 */
  answer?: unknown;
  /** the Message of any other code */
  message?: string;
}
