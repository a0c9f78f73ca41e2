import { describeFault } from "../../core/fault.ts";
import type { Clocks } from "./clocks.ts";
import type { Finding } from "./finding.ts";
import { ok, unknown, wrong } from "./finding.ts";
import { checkNode } from "./machine-checks.ts";
import { checkPublicUrl } from "./public-url.ts";
import type { SlackSetup } from "./slack-checks.ts";
import { checkSlack } from "./slack-checks.ts";
import type { TencentProbe } from "./tencent-checks.ts";
import { checkTencent } from "./tencent-checks.ts";

/** Everything that can be looked at once the settings are readable. */
export interface SetUp {
  readonly slack: SlackSetup;
  readonly tencent: { readonly probe: TencentProbe; readonly host: string };
  readonly clocks: Clocks;
  /** One finding or more of whatever STORE_URL names. */
  readonly store: () => Promise<readonly Finding[]>;
  readonly publicUrl: string | undefined;
  /** Of the settings: what works and should not stay so. */
  readonly warnings: readonly string[];
}

export interface Examination {
  readonly node: { readonly version: string; readonly needed: string };
  /** The settings' problems, or what they allow to look at. */
  readonly settings:
    | { readonly type: "wrong"; readonly problems: readonly string[] }
    | { readonly type: "read"; readonly setUp: SetUp };
}

/** All findings, in the order in which an operator repairs them. */
export async function examine({ node, settings }: Examination): Promise<Finding[]> {
  const machine = checkNode(node.version, node.needed);
  if (settings.type === "wrong") {
    const problems = settings.problems.map((problem) => wrong("settings", problem));
    return [machine, ...problems, unknown("the rest", "needs the settings")];
  }
  const { slack, tencent, clocks, store, publicUrl, warnings } = settings.setUp;
  const complete = ok("settings", ["complete", ...warnings].join("; but "));
  const [stored, fromSlack, fromTencent, reached] = await Promise.all([
    guarded("store", store),
    guarded("Slack", () => checkSlack(slack)),
    guarded("Tencent Cloud", () => checkTencent(tencent.probe, tencent.host)),
    guarded("PUBLIC_URL", async () => (publicUrl === undefined ? [] : [await checkPublicUrl(publicUrl)])),
  ]);
  return [machine, complete, ...stored, ...fromSlack, ...fromTencent, clocks.finding(), ...reached];
}

/** A check that breaks is a finding like any other: the rest is still reported. */
async function guarded(check: string, run: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await run();
  } catch (error) {
    return [wrong(check, `checking it broke: ${describeFault(error)}`)];
  }
}
