import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { Fault } from "../../../src/core/fault.ts";
import type { Gateway } from "../../../src/tencent/gateway.ts";
import { uploadCredentials } from "../../../src/tencent/upload-credentials.ts";

const MINUTE = 60_000;
const START = 1_717_639_699_000;

function credentialsFrom(more: { prefix?: (n: number) => string; failing?: Fault; expiry?: () => unknown } = {}) {
  const clock = { time: START, now: () => clock.time };
  const secrets = new Set<string>();
  const calls: string[] = [];
  const fake: Pick<Gateway, "call"> = {
    async call(ask) {
      calls.push(ask.path);
      if (more.failing && calls.length === 1) throw more.failing;
      const n = calls.length;
      const payload = ask.answer.parse({
        Credentials: { Token: `token-${n}`, TmpSecretId: `id-${n}`, TmpSecretKey: `key-${n}` },
        ExpiredTime: more.expiry ? more.expiry() : Math.floor(clock.time / 1000) + 7200,
        PathPrefix: more.prefix?.(n) ?? `https://b-125.cos.ap-guangzhou.myqcloud.com/customer-pipline/12/uuid-${n}/`,
      });
      return { payload, requestId: undefined };
    },
  };
  return { source: uploadCredentials({ gateway: fake, clock, secrets }), clock, secrets, calls };
}

test("what the gateway hands out, and its secrets registered", async () => {
  const { source, secrets, calls } = credentialsFrom();
  expect(await source.take("AV-1")).toEqual({
    tmpSecretId: "id-1",
    tmpSecretKey: "key-1",
    token: "token-1",
    expiresAt: START - (START % 1000) + 7_200_000,
    pathPrefix: "https://b-125.cos.ap-guangzhou.myqcloud.com/customer-pipline/12/uuid-1/",
    prefix: { bucket: "b-125", region: "ap-guangzhou", key: "customer-pipline/12/uuid-1/" },
  });
  expect(calls).toEqual(["/v2/ivh/assetmanager/customservice/getuploadcredentials"]);
  expect([...secrets].sort()).toEqual(["id-1", "key-1", "token-1"]);
});

test("uploads of one request share them while half an hour is left; another request has its own", async () => {
  const { source, clock } = credentialsFrom();
  const first = await source.take("AV-1");
  clock.time += 90 * MINUTE - 1_000;
  expect(await source.take("AV-1")).toBe(first);
  expect((await source.take("AV-2")).tmpSecretId).toBe("id-2");
  clock.time += 2_000;
  expect((await source.take("AV-1")).tmpSecretId).toBe("id-3");
});

test.each([
  ["seconds as text", String(START / 1000 + 7200)],
  ["milliseconds", START + 7_200_000],
])("a life told in %s", async (_, expiry) => {
  const { source, clock } = credentialsFrom({ expiry: () => expiry });
  const first = await source.take("AV-1");
  expect(first.expiresAt).toBe(START + 7_200_000);
  clock.time += 89 * MINUTE;
  expect(await source.take("AV-1")).toBe(first);
  expect(source.areOver(first)).toBe(false);
  clock.time += 32 * MINUTE;
  expect(source.areOver(first)).toBe(true);
});

test.each([undefined, null, "", "soon", 0])(
  "a life that is not told (%j): each upload takes its own",
  async (expiry) => {
    const { source } = credentialsFrom({ expiry: () => expiry });
    const first = await source.take("AV-1");
    expect(first).toMatchObject({ tmpSecretId: "id-1", expiresAt: undefined });
    expect(source.areOver(first)).toBe(false);
    expect((await source.take("AV-1")).tmpSecretId).toBe("id-2");
    expect((await source.renew("AV-1", first)).tmpSecretId).toBe("id-3");
  },
);

test("uploads that begin together cause one call; a failed one is not kept", async () => {
  const failing = new Fault("gateway-unclear", "calling getuploadcredentials: HTTP 503");
  const { source, calls } = credentialsFrom({ failing });
  const both = await Promise.allSettled([source.take("AV-1"), source.take("AV-1")]);
  expect(both.map((each) => each.status)).toEqual(["rejected", "rejected"]);
  const [a, b] = await Promise.all([source.take("AV-1"), source.take("AV-1")]);
  expect(a).toBe(b);
  expect(calls).toHaveLength(2);
});

test("renew: new ones once, and those that another upload has got meanwhile", async () => {
  const { source } = credentialsFrom();
  const ended = await source.take("AV-1");
  const [a, b] = await Promise.all([source.renew("AV-1", ended), source.renew("AV-1", ended)]);
  expect(a.tmpSecretId).toBe("id-2");
  expect(b).toBe(a);
  expect(await source.renew("AV-1", ended)).toBe(a);
  expect((await source.renew("AV-1", a)).tmpSecretId).toBe("id-3");
  expect((await source.take("AV-1")).tmpSecretId).toBe("id-3");
});

test.each([
  ["getuploadcredentials", "customer-pipeline/"],
  ["getuploadcredentials-mainland", "customer-pip"],
  ["getuploadcredentials-no-cos-label", "customer-pip"],
])("recorded: %s", async (name, folder) => {
  const file = new URL(`../../recorded/tencent/${name}.json`, import.meta.url);
  const { Payload } = z.object({ Payload: z.unknown() }).parse(JSON.parse(readFileSync(file, "utf8")));
  const recorded: Pick<Gateway, "call"> = {
    call: async ({ answer }) => ({ payload: answer.parse(Payload), requestId: undefined }),
  };
  const source = uploadCredentials({ gateway: recorded, clock: { now: Date.now }, secrets: new Set<string>() });
  const { prefix, token } = await source.take("AV-1");
  expect(prefix.bucket).toMatch(/-\d+$/);
  expect(prefix.key).toMatch(new RegExp(`^${folder}.*[^/]/$`));
  expect(token).not.toBe("");
});

test("a host that is not Tencent's never gets the token", async () => {
  const { source } = credentialsFrom({ prefix: () => "https://b-125.cos.ap-guangzhou.evil.example/k/" });
  await expect(source.take("AV-1")).rejects.toMatchObject({ code: "path-prefix" });
});
