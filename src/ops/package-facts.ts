import { readFile } from "node:fs/promises";
import { z } from "zod";

const packageSchema = z.object({ version: z.string(), engines: z.object({ node: z.string() }) });

/** What package.json tells; it lies beside `src` and beside `dist`. */
export async function packageFacts(): Promise<{ readonly version: string; readonly node: string }> {
  const { version, engines } = packageSchema.parse(
    JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")),
  );
  return { version, node: engines.node };
}
