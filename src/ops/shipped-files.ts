import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

const packageSchema = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });
const manifestSchema = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** Our version and the Node versions that we support, from package.json, which lies beside `src` and `dist`. */
export async function packageFacts(): Promise<{ readonly version: string; readonly node: string }> {
  const { version, engines } = packageSchema.parse(
    JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")),
  );
  return { version, node: engines.node };
}

/** The bot scopes that a Slack app manifest asks for; undefined when the file is missing or is not a manifest. */
export async function manifestScopes(path: string | URL): Promise<readonly string[] | undefined> {
  try {
    return manifestSchema.parse(parse(await readFile(path, "utf8"))).oauth_config.scopes.bot;
  } catch {
    return undefined;
  }
}
