import { expect, it } from "vitest";
import { gatewayName } from "../../../src/tencent/gateway.ts";

it.each([
  ["https://gw.tvs.qq.com", "mainland"],
  ["https://gw-sg.tvs.qq.com", "international"],
  ["https://gw.tvs.qq.com.example.com", "international"],
  ["http://127.0.0.1:9100", "international"],
])("%s is the %s gateway", (address, name) => {
  expect(gatewayName(address)).toBe(name);
});
