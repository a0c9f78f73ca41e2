import { describe, expect, it } from "vitest";
import { credentialSeal } from "../../../src/tencent/sealed-credentials.ts";
import { Looks } from "../../../src/upload/looks.ts";

describe("a look into a file in a browser", () => {
  it("asks for one range at a time, and ends with its outcome", async () => {
    const looks = new Looks<string>();
    const first = await looks.start("token", 10, async (file) => {
      const head = await file.read(0, 4);
      const tail = await file.read(8, 40);
      return `${head} ${tail}`;
    });
    if (first.type !== "read") throw new Error(first.type);
    expect(first.wanted).toEqual({ n: 1, from: 0, length: 4 });
    const { look } = first;
    expect(await looks.answer(look, "another", 1, Uint8Array.of(1, 2, 3, 4))).toBeUndefined();
    const second = await looks.answer(look, "token", 1, Uint8Array.of(1, 2, 3, 4));
    expect(second).toMatchObject({ type: "read", wanted: { n: 2, from: 8, length: 2 } });
    // The page has missed the answer and sends the first range again.
    expect(await looks.answer(look, "token", 1, Uint8Array.of(9, 9, 9, 9))).toEqual(second);
    const end = await looks.answer(look, "token", 2, Uint8Array.of(5, 6));
    expect(end).toEqual({ type: "ended", outcome: "1,2,3,4 5,6" });
    expect(await looks.answer(look, "token", 2, undefined)).toBeUndefined();
  });
});

describe("sealed credentials", () => {
  const credentials = {
    tmpSecretId: "id",
    tmpSecretKey: "a-key-that-nobody-may-see",
    token: "token",
    expiresAt: 1,
    pathPrefix: "https://bucket-125.cos.ap-guangzhou.myqcloud.com/a/b/",
    prefix: { bucket: "bucket-125", region: "ap-guangzhou", key: "a/b/" },
  };

  it("open with the same access token alone, and hide what they hold", () => {
    const known = new Set<string>();
    const sealed = credentialSeal("access", known).seal(credentials);
    expect(Buffer.from(sealed, "base64").toString("latin1")).not.toContain("a-key-that-nobody-may-see");
    expect(credentialSeal("access", known).open(sealed)).toEqual(credentials);
    expect(known).toContain("a-key-that-nobody-may-see");
    expect(() => credentialSeal("another", known).open(sealed)).toThrow("the access token has changed");
  });
});
