import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { SandboxCos } from "../../../sandbox/cos/server.ts";
import { startCos } from "../../../sandbox/cos/server.ts";
import type { SandboxGateway } from "../../../sandbox/gateway/server.ts";
import { startGateway } from "../../../sandbox/gateway/server.ts";
import type { SlackOptions } from "../../../sandbox/slack/assemble.ts";
import type { SandboxSlack } from "../../../sandbox/slack/server.ts";
import { startSlack } from "../../../sandbox/slack/server.ts";
import type { Patient } from "../../../src/diagnose.ts";
import { diagnose } from "../../../src/diagnose.ts";
import { exitCode, reportLines } from "../../../src/ops/doctor/finding.ts";
import { Secrets } from "../../../src/ops/secrets.ts";

export interface DoctorBench {
  readonly slack: SandboxSlack;
  readonly gateway: SandboxGateway;
  readonly cos: SandboxCos;
  readonly dir: string;
  /** Every setting that a bot in this place needs. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Report {
  readonly text: string;
  readonly code: number;
  /** The line about something, without its padding. */
  line(check: string): string;
}

/** A Slack, a gateway, a COS and a directory for each test of a file. */
export function doctorBench(options: SlackOptions = {}): () => DoctorBench {
  const place: { bench?: DoctorBench } = {};
  beforeEach(async () => {
    const dir = await mkdtemp(join(tmpdir(), "avatar-bot-doctor-"));
    const cos = await startCos();
    const gateway = await startGateway({ cos });
    const slack = await startSlack(options);
    slack.addChannel({ name: "avatars", kind: "public", members: [slack.addUser({ name: "alice" })] });
    const app =
      options.mode === "http" ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken };
    const env = {
      ...app,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      IVH_APPKEY: gateway.appkey,
      IVH_ACCESS_TOKEN: gateway.accessToken,
      IVH_BASE_URL: gateway.url,
      COS_ENDPOINT: cos.url,
      STORE_URL: `file:${join(dir, "data")}`,
    };
    place.bench = { slack, gateway, cos, dir, env };
  });
  afterEach(async () => {
    if (!place.bench) return;
    const { slack, gateway, cos, dir } = place.bench;
    await Promise.all([slack.close(), gateway.close(), cos.close()]);
    await rm(dir, { recursive: true });
  });
  return () => {
    if (!place.bench) throw new Error("the bench is not ready");
    return place.bench;
  };
}

export async function examine(
  { env }: DoctorBench,
  over: Readonly<Record<string, string>> = {},
  rest: Pick<Patient, "clock"> = {},
): Promise<Report> {
  const secrets = new Secrets();
  const findings = await diagnose({ env: { ...env, ...over }, secrets, ...rest });
  const text = secrets.clean(reportLines(findings));
  const lines = text.split("\n").map((line) => line.replace(/ {2,}/, " "));
  return {
    text,
    code: exitCode(findings),
    line: (check) => lines.find((line) => line.slice(2).startsWith(`${check} `)) ?? `no line about ${check}`,
  };
}
