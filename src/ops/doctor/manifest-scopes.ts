import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

const manifestSchema = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** The bot scopes that a Slack app manifest asks for; undefined when the file is missing or is no manifest. */
export async function manifestScopes(path: string | URL): Promise<readonly string[] | undefined> {
  try {
    return manifestSchema.parse(parse(await readFile(path, "utf8"))).oauth_config.scopes.bot;
  } catch {
    return undefined;
  }
}
