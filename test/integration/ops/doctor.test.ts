import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SCHEMA } from "../../../src/core/customization.ts";
import { keyedMutex } from "../../../src/flow/keyed-mutex.ts";
import { systemClock } from "../../../src/ops/clock.ts";
import { openLowdbStore } from "../../../src/store/lowdb-store.ts";
import { newCustomization } from "../../fixtures/customization-fixture.ts";
import { recordingLog } from "../../twins/recording-log.ts";
import { doctorBench, examine } from "./doctor-bench.ts";

const bench = doctorBench();

const ALL_WELL = (data: string): string => `\
✓ Node                ${process.version}
✓ settings            complete
✓ data directory      ${data} is missing; the first start makes it
✓ store               no requests yet
✓ Slack token         @avatar-bot of Sandbox
✓ Slack scopes        all 12 of manifest.yml
✓ Slack socket        opened and closed again; Slack counted 1 of 10
✓ Slack channels      in #avatars
✓ gateway             127.0.0.1… takes the signature
✓ quotas              left: IMAGE 1000 of 1000 until …, IMAGE_GENERAL 1000 of 1000 until …, IMAGE_4K 1000 of 1000 until …, IMAGE_PHOTO 1000 of 1000 until …, VOICE 1000 of 1000 until …, ZERO_SHOT_VOICE 1000 of 1000 until …
✓ upload credentials  ivh-sandbox-… in ap-singapore, for 120 minutes
✓ COS upload          18 bytes stored and verified by CRC-64 …, and removed
✓ COS HEAD            allowed
✓ COS ListParts       allowed
✓ COS Abort           allowed
✓ clock               this machine is in step with Slack, in step with the gateway
Nothing is wrong. What to try first on a real account: docs/first-real-account.md
`;

describe("the doctor of a set-up in order", () => {
  it("finds every part of it, changes nothing and ends with 0", async () => {
    const { slack, gateway, cos, dir } = bench();
    const report = await examine(bench());
    expect(report.text.replace(/(127\.0\.0\.1):\d+|\d{10,}/g, "$1…").replace(/until [\d-]{10}/g, "until …")).toBe(
      ALL_WELL(join(dir, "data")),
    );
    expect(report.code).toBe(0);
    expect(gateway.calls.map(({ operation }) => operation).sort()).toEqual([
      "getprogress",
      "getserviceasset",
      "getuploadcredentials",
    ]);
    expect(cos.objects()).toEqual([]);
    expect(cos.openUploads()).toEqual([]);
    expect(slack.connected()).toBe(0);
    expect(await readdir(dir)).toEqual([]);
  });

  it("leaves a data directory as it found it, and counts what is in there", async () => {
    const data = join(bench().dir, "data");
    const log = recordingLog();
    const store = await openLowdbStore(data, { log, mutex: keyedMutex() });
    await store.create(newCustomization());
    await store.close();
    const before = await readdir(data, { recursive: true });
    const report = await examine(bench());
    expect(report.line("store")).toBe(`✓ store 1 request, schema ${SCHEMA}`);
    expect(report.line("data directory")).toMatch(
      /^✓ data directory .*\/data can be written \(rights 7\d\d\), .* free$/,
    );
    expect(await readdir(data, { recursive: true })).toEqual(before);
  });

  it("says that a running bot has the store, and does not disturb it", async () => {
    const log = recordingLog();
    const store = await openLowdbStore(join(bench().dir, "data"), { log, mutex: keyedMutex() });
    const report = await examine(bench());
    expect(report.line("store")).toMatch(/^– store in use by another process/);
    expect(report.code).toBe(0);
    expect(await store.create(newCustomization())).toMatchObject({ type: "created" });
    await store.close();
  });

  it("names what COS does not let it remove, and ends with 0", async () => {
    const { cos } = bench();
    cos.faults.plan("DeleteObject", { type: "code", code: "AccessDenied" });
    const report = await examine(bench());
    const [object] = cos.objects();
    expect(report.line("COS upload")).toContain(`could not be removed: ${object?.key} (18 bytes)`);
    expect(report.code).toBe(0);
  });
});

describe("the doctor of something broken", () => {
  it("names every setting that is wrong at once", async () => {
    const report = await examine(bench(), { SLACK_BOT_TOKEN: "xoxp-of-a-user", IVH_APPKEY: "", PORT: "many" });
    expect(report.text.match(/^✗ settings {2}\S+/gm)).toEqual([
      "✗ settings  SLACK_BOT_TOKEN",
      "✗ settings  IVH_APPKEY",
      "✗ settings  PORT",
    ]);
    expect(report.code).toBe(1);
  });

  it("says where the bot's token comes from when Slack refuses it", async () => {
    const report = await examine(bench(), { SLACK_BOT_TOKEN: "xoxb-of-another-app" });
    expect(report.line("Slack token")).toMatch(
      /^✗ Slack token Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): api\.slack/,
    );
    expect(report.line("Slack scopes")).toBe("– Slack scopes needs the bot's token");
    expect(report.line("Slack socket")).toMatch(/^✓/);
    expect(report.code).toBe(1);
  });

  it("says where the app's token comes from when Slack refuses it", async () => {
    const report = await examine(bench(), { SLACK_APP_TOKEN: "xapp-of-another-app" });
    expect(report.line("Slack socket")).toMatch(/^✗ Slack socket Slack refuses SLACK_APP_TOKEN \(invalid_auth\)/);
  });

  it("says so when the bot is in no channel", async () => {
    const { slack } = bench();
    for (const { id } of slack.state().channels) slack.leave(id, slack.botUserId);
    expect((await examine(bench())).line("Slack channels")).toMatch(/^✗ .* type \/invite/);
  });

  it.each([
    ["IVH_APPKEY", "unknown appkey"],
    ["IVH_ACCESS_TOKEN", "signature mismatch"],
  ])("names the keys when the gateway refuses %s", async (name, said) => {
    const report = await examine(bench(), { [name]: "another-key" });
    expect(report.line("gateway")).toMatch(/^✗ .*: check IVH_APPKEY, IVH_ACCESS_TOKEN and this machine's clock$/);
    expect(report.line("gateway")).toContain(said);
    expect(report.line("upload credentials")).toMatch(/^✗/);
    expect(report.line("COS HEAD")).toBe("– COS HEAD needs upload credentials");
    expect(report.code).toBe(1);
  });

  it("compares the clock with both vendors", async () => {
    const ahead = { ...systemClock, now: () => Date.now() + 10 * 60_000 };
    const report = await examine(bench(), {}, { clock: ahead });
    expect(report.line("clock")).toBe(
      "✗ clock this machine is 10 min ahead of Slack, 10 min ahead of the gateway: synchronise its clock (NTP); calls fail from 5 minutes on",
    );
    expect(report.code).toBe(1);
  });

  it("does not take what COS forbids beside the upload for wrong", async () => {
    const { cos } = bench();
    cos.faults.plan(["HeadObject"], { type: "status", status: 403 });
    cos.faults.plan(["ListParts", "AbortMultipartUpload"], { type: "code", code: "AccessDenied" }, 2);
    const report = await examine(bench());
    expect(report.line("COS HEAD")).toMatch(/^– COS HEAD not allowed \(\w+\): the CRC-64/);
    expect(report.line("COS ListParts")).toMatch(/^– COS ListParts not allowed \(AccessDenied\)/);
    expect(report.line("COS Abort")).toMatch(/^– COS Abort not allowed \(AccessDenied\)/);
    expect(report.line("COS upload")).toContain(
      `could not be removed: the open upload ${cos.openUploads()[0]?.uploadId}`,
    );
    expect(report.code).toBe(0);
  });

  it("says so when COS refuses the object", async () => {
    bench().cos.faults.plan("PutObject", { type: "code", code: "AccessDenied" });
    const report = await examine(bench());
    expect(report.line("COS upload")).toMatch(/^✗ COS upload \S+ refuses \S+ \(AccessDenied\)/);
    expect(report.line("COS Abort")).toMatch(/^–/);
    expect(report.code).toBe(1);
  });

  it("says so when large files could not be sent", async () => {
    bench().cos.faults.plan("InitiateMultipartUpload", { type: "code", code: "AccessDenied" });
    const report = await examine(bench());
    expect(report.line("COS upload")).toMatch(/^✗ .*multipart uploads are not allowed \(AccessDenied\)/);
    expect(bench().cos.objects()).toEqual([]);
  });

  it.each([
    ["below a file", "file/data"],
    ["a file itself", "file"],
  ])("says that a data directory cannot be %s", async (_what, path) => {
    const { dir } = bench();
    await writeFile(join(dir, "file"), "");
    const report = await examine(bench(), { STORE_URL: `file:${join(dir, path)}` });
    expect(report.line("data directory")).toMatch(/^✗ .*change STORE_URL$/);
    expect(report.code).toBe(1);
  });

  it.runIf(process.platform === "linux")("says that a data directory cannot be written", async () => {
    const report = await examine(bench(), { STORE_URL: "file:/proc/1/fd" });
    expect(report.line("data directory")).toMatch(/^✗ data directory \/proc\/1\/fd cannot be written/);
  });

  it("names documents that this version cannot take", async () => {
    const data = join(bench().dir, "data");
    await mkdir(join(data, "requests"), { recursive: true });
    await writeFile(join(data, "requests/AV-1.json"), JSON.stringify({ id: "AV-1", schema: SCHEMA + 1 }));
    await writeFile(join(data, "requests/AV-2.json"), "{");
    const report = await examine(bench());
    expect(report.line("store")).toMatch(
      /^✗ store AV-1\.json written by a newer version: .*; AV-2\.json not a record: /,
    );
    expect(report.code).toBe(1);
  });

  it("still reports the rest when nobody answers", async () => {
    const { cos, gateway, slack } = bench();
    const gone = "http://127.0.0.1:9";
    const report = await examine(bench(), { SLACK_API_URL: `${gone}/api/`, IVH_BASE_URL: gone });
    expect(report.line("Slack token")).toMatch(/^✗ Slack token Slack does not answer/);
    expect(report.line("gateway")).toMatch(/^✗ gateway 127\.0\.0\.1:9 does not answer/);
    expect(report.line("clock")).toBe("– clock no answer told the time");
    expect([...cos.calls, ...gateway.calls, ...slack.calls]).toEqual([]);
  });
});

describe("a secret", () => {
  it("is in none of its lines", async () => {
    const { cos, env } = bench();
    const secrets = [env.SLACK_BOT_TOKEN, env.SLACK_APP_TOKEN, env.IVH_APPKEY, env.IVH_ACCESS_TOKEN];
    const issue = cos.issueCredential.bind(cos);
    cos.issueCredential = (ask) => {
      const credential = issue(ask);
      secrets.push(credential.Token, credential.TmpSecretId, credential.TmpSecretKey);
      return credential;
    };
    cos.faults.plan("PutObject", { type: "reset" }, 3);
    const { text } = await examine(bench());
    expect(secrets).toHaveLength(7);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});
