import { expect, test } from "vitest";
import { describeFault, Fault, isFault } from "../../../src/core/fault.ts";
import { isRefusal } from "../../../src/core/refusal.ts";
import { customization } from "../../fixtures/customization-fixture.ts";

const refused = new Fault("cos-refused", "sending part 3", { cause: "503", resultCode: 503, requestId: "9f1c" });
const upload = new Fault("credentials-ended", "uploading the footage of AV-12", { cause: refused });

test("a fault chains into one sentence, whatever was thrown", () => {
  expect(describeFault(upload)).toBe("uploading the footage of AV-12: sending part 3: 503");
  expect(describeFault(new Error("alone"))).toBe("alone");
  expect(describeFault("text")).toBe("text");
  expect(describeFault(undefined)).toBe("undefined");
});

test("a fault is told by its class and code", () => {
  expect(isFault(refused)).toBe(true);
  expect(isFault(refused, "store-busy", "cos-refused")).toBe(true);
  expect(isFault(refused, "store-busy")).toBe(false);
  expect(isFault(Object.assign(new Error("alike"), { code: "cos-refused" }), "cos-refused")).toBe(false);
  expect(refused).toMatchObject({ name: "Fault", code: "cos-refused", resultCode: 503, requestId: "9f1c" });
  expect(upload.cause).toBe(refused);
});

test("a refusal is told from a record", () => {
  expect(isRefusal({ type: "no-demo" })).toBe(true);
  expect(isRefusal(customization())).toBe(false);
});
