import type { Locator, Page } from "playwright-core";

/** What a person enters in the form; other fields keep their values. */
export interface FormInput {
  readonly name: string;
  readonly kind?: string;
  readonly sex?: "FEMALE" | "MALE";
  readonly approvers?: readonly string[];
}

/** Somebody at the page: finds elements by their names, and clicks, types and drags. */
export class PageUser {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get channel(): Locator {
    return this.page.getByRole("main");
  }

  get thread(): Locator {
    return this.page.getByRole("complementary", { name: "Thread" });
  }

  /** The first message of the open thread. */
  get card(): Locator {
    return this.thread.getByRole("listitem").first();
  }

  /** Messages that only the current person sees. */
  get privates(): Locator {
    return this.page.getByRole("listitem").filter({ hasText: "Only visible to you" });
  }

  /** The top one. */
  get dialog(): Locator {
    return this.page.getByRole("dialog").last();
  }

  get behind(): Locator {
    return this.page.getByRole("region", { name: "Behind the scenes" });
  }

  async actAs(name: string): Promise<void> {
    await this.page.getByRole("button", { name: new RegExp(`^Act as ${name},`) }).click();
    await this.page.getByRole("button", { name: new RegExp(`^Act as ${name},`), pressed: true }).waitFor();
  }

  /** Types into the channel, key by key, and sends it. */
  async say(line: string): Promise<void> {
    const box = this.channel.getByRole("textbox", { name: /^Message / });
    await box.click();
    await box.pressSequentially(line);
    await box.press("Enter");
  }

  async fill({ name, kind = "IMAGE", sex = "FEMALE", approvers = ["bob"] }: FormInput): Promise<void> {
    const form = this.dialog;
    await form.getByLabel("Kind").selectOption(kind);
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("Sex").selectOption(sex);
    // The form starts with those of the last request.
    const chosen = form.getByRole("button", { name: /^Remove / });
    while ((await chosen.count()) > 0) await chosen.first().click();
    for (const approver of approvers) {
      await form.getByRole("combobox", { name: "Approvers" }).click();
      await form.getByRole("option", { name: approver }).click();
    }
  }

  /** Submits the form and waits for it to close. */
  async submit(): Promise<void> {
    const form = this.dialog;
    await form.getByRole("button", { name: "Submit" }).click();
    await form.waitFor({ state: "detached" });
  }

  /** From `/avatar new` to the thread of its card. */
  async ask(input: FormInput): Promise<void> {
    await this.say("/avatar new");
    await this.page.getByRole("dialog", { name: "New request" }).waitFor();
    await this.fill(input);
    await this.submit();
    await this.openThread(input.name);
  }

  async openThread(about: string): Promise<void> {
    const message = this.channel.getByRole("listitem").filter({ hasText: about }).first();
    await message.getByRole("button", { name: /^(?:Reply in thread|\d+ repl)/ }).click();
    await this.card.filter({ hasText: about }).waitFor();
  }

  /** Through the button and the system's own dialog. */
  async attach(paths: readonly string[], text = "", pane = this.thread): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await pane.getByRole("button", { name: "Attach files" }).click();
    await (await chooser).setFiles([...paths]);
    await this.#send(pane, paths.length, text);
  }

  /** Drags them from the desktop into the thread. */
  async drop(paths: readonly string[], text = ""): Promise<void> {
    await this.thread.getByRole("region", { name: "Thread" }).drop({ files: [...paths] });
    await this.#send(this.thread, paths.length, text);
  }

  async #send(pane: Locator, count: number, text: string): Promise<void> {
    const chips = pane.getByRole("list", { name: "Files of this message" }).getByRole("listitem");
    await chips.nth(count - 1).waitFor();
    await pane.getByRole("textbox", { name: /^(?:Reply in thread|Message )/ }).fill(text);
    await pane.getByRole("button", { name: "Send", disabled: false }).click();
    await chips.first().waitFor({ state: "detached" });
  }

  /** Clicks a button in the thread once it is there, and confirms its dialog. */
  async press(label: string, answer?: string): Promise<void> {
    await this.thread.getByRole("button", { name: label, exact: true }).last().click();
    if (answer !== undefined) await this.answer(answer);
  }

  async answer(label: string): Promise<void> {
    await this.dialog.getByRole("button", { name: label, exact: true }).click();
  }

  /** Opens one of the panes behind the scenes. */
  async open(tab: "Activity" | "Bucket" | "Controls"): Promise<Locator> {
    const button = this.behind.getByRole("tab", { name: tab });
    if ((await button.getAttribute("aria-selected")) !== "true") await button.click();
    const panel = this.behind.getByRole("tabpanel", { name: tab });
    await panel.waitFor();
    return panel;
  }

  /** Waits until the thread, or a part of it, has this text. */
  async sees(words: string | RegExp, within = this.thread): Promise<void> {
    await within.getByText(words).first().waitFor();
  }
}
