import fc from "fast-check";
import { expect, test } from "vitest";
import { cosObjectUrl } from "../../../src/core/coskey.ts";
import { anyText } from "../../fixtures/any-text.ts";

const BUCKET = "virtualhuman-cos-test-prod-1258344699";
const KEY = "customer-pipeline/12/6f2a1c9e-0b7d-4f7e-9a53-2f8d1c0b7a11/zeroshot/read-F07ABC.mp3";
const place = { bucket: BUCKET, region: "ap-guangzhou", key: KEY };

test("an object's URL is the host of its bucket and region, and its coskey", () => {
  expect(cosObjectUrl(place)).toBe(`https://${BUCKET}.cos.ap-guangzhou.myqcloud.com/${KEY}`);
  expect(cosObjectUrl({ ...place, region: "accelerate" })).toBe(`https://${BUCKET}.cos.accelerate.myqcloud.com/${KEY}`);
});

test("Chinese characters are encoded, as a URL is sent", () => {
  const url = cosObjectUrl({ ...place, key: "12/audio/录音-F07ABC.wav" });
  expect(url).toBe(`https://${BUCKET}.cos.ap-guangzhou.myqcloud.com/12/audio/%E5%BD%95%E9%9F%B3-F07ABC.wav`);
});

test("for any key it is a URL in its normal form that leads back to the key", () => {
  const segment = anyText({ minLength: 1 }).filter((text) => !text.includes("/") && ![".", ".."].includes(text));
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
      const key = segments.join("/");
      const url = new URL(cosObjectUrl({ ...place, key }));
      expect(url.href).toBe(cosObjectUrl({ ...place, key }));
      expect([url.search, url.hash]).toEqual(["", ""]);
      expect(decodeURIComponent(url.pathname)).toBe(`/${key}`);
    }),
  );
});
