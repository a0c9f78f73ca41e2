import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { DEFAULT_SCOPES } from "../../../sandbox/slack/assemble.ts";

const manifestSchema = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

it("lets the bot do in the sandbox what its manifest asks for, and no more", () => {
  const manifest = manifestSchema.parse(parse(readFileSync("manifest.yml", "utf8")));
  expect([...DEFAULT_SCOPES].sort()).toEqual([...manifest.oauth_config.scopes.bot].sort());
});
