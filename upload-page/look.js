/** How often a range is sent again before the look is given up: another process of the bot may have asked for it. */
const TRIES = 12;
const WAIT_MS = 500;

/**
 * Has the bot look into a file before its upload: it asks for ranges, one at a time.
 * @param {File} file
 * @param {(path: string, init: RequestInit) => Promise<Response>} ask
 * @param {AbortSignal} signal
 * @returns {Promise<any>} the outcome, with the link as it is then
 */
export async function look(file, ask, signal) {
  const { name, size, type } = file;
  let step = await send("look", JSON.stringify({ name, size, type }));
  while (step.type !== "ended") {
    if (step.type === "wait") {
      step = await send(`look/${step.look}?n=0`, "");
    } else {
      const { n, from, length } = step.wanted;
      step = await send(`look/${step.look}?n=${n}`, file.slice(from, from + length));
    }
  }
  return step;

  /** @param {string} path @param {BodyInit} body */
  async function send(path, body) {
    for (let tries = 1; ; tries += 1) {
      const response = await ask(path, { method: "POST", body, signal }).catch((error) => {
        if (signal.aborted || tries >= TRIES) throw error;
        return undefined;
      });
      if (response?.ok) return await response.json();
      if (response && response.status !== 404 && response.status < 502) throw new Error(`HTTP ${response.status}`);
      if (tries >= TRIES) throw new Error("no answer");
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS * Math.min(tries, 4)));
    }
  }
}
