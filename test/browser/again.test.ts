import { expect, it } from "vitest";
import { inBrowser } from "./in-browser.ts";

inBrowser("a sandbox that was started again", ({ come }) => {
  it("is followed once it has its page, also by a page that asked too early", async () => {
    const { page } = await come();
    const refused = { count: 0 };
    await page.route(
      "**/sandbox/changes",
      (route) => {
        refused.count += 1;
        return route.fulfill({ status: 405, json: { error: "method_not_allowed" } });
      },
      { times: 2 },
    );
    await page.reload();
    await page.getByText("Trying again…").waitFor();
    await page.getByRole("textbox", { name: /^Message / }).waitFor();
    expect(refused.count).toBe(2);
  });
});
