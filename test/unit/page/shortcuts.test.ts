import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { SHORTCUTS } from "../../../sandbox/page/client/shortcuts.ts";
import { readText } from "../../shape/source-tree.ts";

it("offers every shortcut of the manifest, by its name", () => {
  const shortcut = z.object({ name: z.string(), callback_id: z.string() });
  const manifest = z.object({ features: z.object({ shortcuts: z.array(shortcut) }) });
  const { shortcuts } = manifest.parse(parse(readText("manifest.yml"))).features;
  const offered = Object.values(SHORTCUTS).map(({ name, callbackId }) => ({ name, callback_id: callbackId }));
  expect(offered).toEqual(expect.arrayContaining(shortcuts.map(({ name, callback_id }) => ({ name, callback_id }))));
});
