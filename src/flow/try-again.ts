import type { Person } from "../core/approval.ts";
import { checkApprovers, mayChange } from "../core/approval.ts";
import type { Customization } from "../core/customization.ts";
import { describeFault } from "../core/fault.ts";
import { checkInput } from "../core/form-rules.ts";
import type { Material } from "../core/material-record.ts";
import type { Ports } from "../core/ports.ts";
import { isBeingReceived } from "../core/record.ts";
import type { FieldRefusal, Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import { isOver } from "../core/state.ts";
import type { FoundAgain } from "../core/try-again.ts";
import { cannotTryAgain, filesToTakeAgain, inputOf, numberedName, withFilesAgain, withTry } from "../core/try-again.ts";
import { change } from "./change.ts";
import { lookAtOffers } from "./look-at-offers.ts";
import { announceRequest, newRecord, tooManyOpen } from "./open-request.ts";
import type { OutboxPorts } from "./outbox.ts";
import { deliverOutbox } from "./outbox.ts";
import type { Transfers } from "./transfers.ts";
import { newUpload } from "./upload-lease.ts";

type TryPorts = OutboxPorts & Pick<Ports, "files" | "media" | "settings" | "owner">;

/**
 * Opens another request with the answers and files of one that the vendor has refused for good. The files are taken from
 * Slack again; whichever is not there any more is asked for.
 */
export async function tryAgain(
  ports: TryPorts,
  transfers: Transfers,
  ask: { readonly id: string; readonly who: Person },
): Promise<Customization | Refusal> {
  const earlier = await ports.store.get(ask.id);
  if (!earlier) return { type: "not-found", id: ask.id };
  const { policy } = ports.settings;
  const refused = mayChange(earlier, ask.who, policy) ?? cannotTryAgain(earlier, await lastTry(ports, earlier));
  if (refused) return refused;
  const wrong = Object.values(checkInput(inputOf(earlier), earlier.requester, policy))[0] ?? noDecider(ports, earlier);
  if (wrong) return wrong;
  const found = await Promise.all(filesToTakeAgain(earlier).map((m) => find(ports, earlier.id, m)));
  const { requester } = earlier;
  const again = await ports.mutex.run(`requests of ${requester}`, () => create(ports, earlier, found, ask.who));
  if (isRefusal(again)) return again;
  const now = ports.clock.now();
  await change(ports.store, earlier.id, (c) => withTry(c, again.id, { at: now, by: ask.who.id }));
  await deliverOutbox(ports, earlier.id);
  return begin(ports, transfers, again);
}

async function lastTry({ store }: Pick<Ports, "store">, { retriedAs }: Customization) {
  const last = retriedAs?.at(-1);
  return last === undefined ? undefined : await store.get(last);
}

/** Whoever once had the request decides about no try of it. */
function noDecider({ settings }: Pick<Ports, "settings">, c: Customization): FieldRefusal | undefined {
  return checkApprovers(c.kind, [c.requester, ...(c.formerRequesters ?? [])], c.approvers, settings.policy);
}

/** Slack's own ids of files; those of links and of our upload page look different. */
const SLACK_FILE = /^F[A-Z0-9]+$/;

/** A file that Slack does not tell of in time is taken all the same: its upload tries again, and says what is wrong. */
async function find(ports: Pick<Ports, "files" | "log">, id: string, material: Material): Promise<FoundAgain> {
  const { file } = material;
  if (file.link !== undefined || !SLACK_FILE.test(file.id)) return { material, missing: "elsewhere" };
  try {
    return isRefusal(await ports.files.inspect(file.id)) ? { material, missing: "gone" } : { material };
  } catch (error) {
    ports.log.warn("looking for a file again", { id, file: file.id, because: describeFault(error) });
    return { material };
  }
}

/** The most names that are tried. */
const MOST_NAMES = 20;

async function create(
  ports: TryPorts,
  earlier: Customization,
  found: readonly FoundAgain[],
  who: Person,
): Promise<Customization | Refusal> {
  const { requester, conversation } = earlier;
  const formId = `again ${earlier.id} ${earlier.retriedAs?.length ?? 0}`;
  const tooMany = await tooManyOpen(ports, { requester, formId });
  if (tooMany) return tooMany;
  const at = ports.clock.now();
  const { team, channel, visibility } = conversation;
  const ask = { ...inputOf(earlier), formId, requester, conversation: { team, channel, visibility } };
  // The account has the name of one that is still open, and the vendor takes each name once.
  const first = isOver(earlier.state) ? 1 : 2;
  for (let n = first; n < first + MOST_NAMES; n += 1) {
    const name = n === 1 ? earlier.name : numberedName(earlier.name, n);
    const draft = newRecord({ ...ask, name }, at, ports.settings);
    const again = { at, by: who.id, upload: newUpload(ports, at) };
    const created = await ports.store.create(withFilesAgain(draft, earlier, found, again));
    if (created.type !== "name-in-use") return created.customization;
  }
  return { type: "name-in-use" };
}

/** Shows the new request and starts its uploads; a start does the same for what an earlier process has left. */
async function begin(ports: TryPorts, transfers: Transfers, again: Customization): Promise<Customization | Refusal> {
  const announced = await announceRequest(ports, again.id);
  if (isRefusal(announced)) return announced;
  for (const m of announced.materials) if (isBeingReceived(m)) transfers.start(again.id, m);
  const offered = new Set(announced.offers?.map(({ file }) => file.ts));
  for (const ts of offered) await lookAtOffers(ports, again.id, ts);
  return announced;
}
