import { describeFault } from "../core/fault.ts";
import type { Ports } from "../core/ports.ts";
import type { Quota } from "../core/quota.ts";

/** What is left to launch, for a person who asks; undefined if the vendor does not answer. */
export async function showQuotas(ports: Pick<Ports, "quotas" | "log">): Promise<readonly Quota[] | undefined> {
  try {
    return await ports.quotas.read("person");
  } catch (error) {
    ports.log.warn("reading the account's quotas", { because: describeFault(error) });
    return undefined;
  }
}
