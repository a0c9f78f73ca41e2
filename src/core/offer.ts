import type { Person, Policy } from "./approval.ts";
import { mayAnswer } from "./approval.ts";
import type { Customization } from "./customization.ts";
import type { MaterialRole } from "./kinds.ts";
import type { Material, Offer } from "./material-record.ts";
import { materialOf, note, orderAfterAll, refuseMaterial } from "./record.ts";
import type { FileRefusal, Refusal } from "./refusal.ts";
import { collects } from "./state.ts";

export function offerOf(c: Customization, id: string): Offer | undefined {
  return c.offers?.find((offer) => offer.id === id);
}

/** Adds an offer, or replaces the one of its id. */
export function withOffer(c: Customization, offer: Offer): Customization {
  const offers = c.offers ?? [];
  const isKnown = offers.some((o) => o.id === offer.id);
  return { ...c, offers: isKnown ? offers.map((o) => (o.id === offer.id ? offer : o)) : [...offers, offer] };
}

export function withoutOffer(c: Customization, id: string): Customization {
  return c.offers ? { ...c, offers: c.offers.filter((offer) => offer.id !== id) } : c;
}

/** The requester has said yes to earlier files of this role by this person. */
export function isTrusted(c: Customization, dropper: string, role: MaterialRole): boolean {
  return c.trusted?.some((trust) => trust.dropper === dropper && trust.role === role) ?? false;
}

/** Refuses an offered file; only now is it among the materials. */
export function refuseOffer(c: Customization, offer: Offer, refusal: FileRefusal, at: number): Customization {
  return refuseMaterial(withoutOffer(c, offer.id), offeredMaterial(offer), refusal, at);
}

/** An offer that somebody may answer now, or why they may not. */
export function answerableOffer(c: Customization, id: string, who: Person, policy: Policy): Offer | Refusal {
  const refused = mayAnswer(c, who, policy);
  if (refused) return refused;
  const offer = offerOf(c, id);
  if (offer) return collects(c.state) ? offer : { type: "not-collecting", state: c.state, id: c.id };
  const m = materialOf(c, id);
  return m?.role && m.state !== "refused"
    ? { type: "already-answered", role: m.role }
    : { type: "nothing-to-override" };
}

/** The most people and roles whose files count at once. */
const MOST_TRUSTED = 40;

/**
 * Says yes to an offer, and to the dropper's further files of its role.
 * @returns the record without the offer, and the material that it has become, which is not in the record yet
 */
export function allowOffer(
  c: Customization,
  offer: Offer,
  role: MaterialRole,
  { by, at }: { readonly by: string; readonly at: number },
): { readonly c: Customization; readonly material: Material } {
  const { file } = offer;
  const others = (c.trusted ?? []).filter((trust) => trust.dropper !== file.by || trust.role !== role);
  const trusted = [...others, { dropper: file.by, role, by, at }].slice(-MOST_TRUSTED);
  const noted = note(
    { ...withoutOffer(c, offer.id), trusted },
    at,
    { type: "dropper-trusted", role, name: file.name, dropper: file.by },
    by,
  );
  return {
    c: noted,
    material: { ...offeredMaterial(offer), role, allowed: { by, at, order: orderAfterAll(c, role, file.ts) } },
  };
}

export function offeredMaterial({ look: _look, ...dropped }: Offer): Material {
  return { ...dropped, state: "receiving" };
}
