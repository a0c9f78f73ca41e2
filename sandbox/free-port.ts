import { once } from "node:events";
import { createServer } from "node:net";

/** @param port  0: any. @returns undefined when it is taken */
export async function freePort(port: number): Promise<number | undefined> {
  const probe = createServer().listen(port, "127.0.0.1");
  const address = await once(probe, "listening").then(
    () => probe.address(),
    () => null,
  );
  probe.close();
  return typeof address === "object" ? address?.port : undefined;
}
