import type { Customization } from "../../../core/customization.ts";
import type { Refusal } from "../../../core/refusal.ts";
import { isRefusal } from "../../../core/refusal.ts";
import { answerRefusal } from "../../answer.ts";
import type { ButtonAction } from "../../cards/button.ts";
import type { Desk } from "../../desk.ts";
import type { Click } from "../spot.ts";

/** What a button carries. */
export type Pressed<Do extends ButtonAction["do"]> = Extract<ButtonAction, { readonly do: Do }>;

/** The card shows what was done; what was refused is told to the person alone, and the buttons stay. */
export async function tellIfRefused(desk: Desk, click: Click, result: Customization | Refusal): Promise<void> {
  if (isRefusal(result)) await answerRefusal(desk, click, result);
}
