import { expect, test } from "vitest";
import { signatureOf, signedQuery } from "../../../src/tencent/sign.ts";

test.each([
  {
    appkey: "example_appkey",
    timestamp: "1717639699",
    token: "example_accesstoken",
    signature: "aCNWYzZdplxWVo+JsqzZc9+J9XrwWWITfX3eQpsLVno=",
  },
  {
    appkey: "e38267c0e86411ebb02aed82acb0ed99",
    timestamp: "1646636485",
    token: "f68f2d10ae9e4604b76fb05cf46bccec",
    signature: "BfWuaC9kmaicCggXc693uK+sZQ8qe88O4HVQNTdwZuo=",
  },
])("published vector of $appkey", ({ appkey, timestamp, token, signature }) => {
  expect(signatureOf({ timestamp, appkey }, token)).toBe(signature);
  const query = signedQuery(appkey, token, Number(timestamp));
  expect(query).toBe(`appkey=${appkey}&timestamp=${timestamp}&signature=${encodeURIComponent(signature)}`);
});
