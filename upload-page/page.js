import { look } from "./look.js";
import { Rate } from "./rate.js";
import { clock, duration, isChinese, size, words } from "./words.js";

/** Larger pieces are refused. */
const PIECE_BYTES = 16 * 1024 ** 2;
/** After these the page says that the connection is lost, and tries on. */
const RETRY_MS = [0, 1_000, 2_000, 4_000];
const LOST_RETRY_MS = 5_000;
const LINK_EVERY_MS = 10_000;
const CHECKING_EVERY_MS = 2_000;
/** Trying again is of no use. */
const FINAL = [400, 401, 403, 404, 405, 410, 413];

/** The address without the token, and the token, which no request's address holds. */
const here = location.href.split("#")[0];
const token = decodeURIComponent(location.hash.slice(1));

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
/** @param {string} id @param {string} text */
const say = (id, text) => {
  const element = at(id);
  if (element.textContent !== text) element.textContent = text;
};

/**
 * @type {{link: any, view: "choose" | "work" | "outcome", file?: File, upload?: any, isPaused: boolean, isLost: boolean,
 *   sent: number, again: number, looking?: AbortController, skewMs: number, told: number, timer?: any, wakeLock?: any}}
 */
const state = { link: {}, view: "outcome", isPaused: false, isLost: false, sent: 0, again: 0, skewMs: 0, told: 0 };
const rate = new Rate();

/** @param {string} path @param {RequestInit} init */
function ask(path, init = {}) {
  return fetch(new URL(path, here), { ...init, headers: { Authorization: `Bearer ${token}` }, cache: "no-store" });
}

async function readLink() {
  const response = await ask("link");
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  state.link = await response.json();
  state.skewMs = state.link.now - Date.now();
  return state.link;
}

/** @param {"choose" | "work" | "outcome"} view */
function show(view) {
  state.view = view;
  for (const id of ["choose", "work", "outcome"]) at(id).hidden = id !== view;
  drawHead();
}

function drawHead() {
  const { request, role, by } = state.link;
  const title = role ? words.title(role) : words.plainTitle;
  say("title", title);
  say("request", request ? words.request(request.id, request.name, by) : "");
  at("privacy").hidden = !request;
  const part = state.view === "work" ? `${words.percent(percent())} · ` : "";
  document.title = `${part}${title}`;
}

/** Shows what the link is good for now. */
function drawLink() {
  const { link } = state;
  if (link.state === "open" || link.state === "receiving") return drawChoose();
  const [title, text] = words.outcome[link.state] ?? words.outcome.wrong;
  const isGood = link.state === "arrived" || link.state === "checking";
  at("outcome").className = `panel ${isGood ? "good" : "bad"}`;
  say("sign", isGood ? "✓" : "!");
  say("outcome-title", title);
  say("outcome-text", link.because ?? text);
  show("outcome");
  tell(title);
  if (link.state === "checking") setTimeout(pollLink, CHECKING_EVERY_MS);
}

async function pollLink() {
  try {
    await readLink();
    if (state.view === "outcome") drawLink();
  } catch {
    setTimeout(pollLink, LOST_RETRY_MS);
  }
}

function drawChoose() {
  const { file, takes, startBy } = state.link;
  const isPhone = matchMedia("(pointer: coarse)").matches;
  say("choose-title", file ? words.chooseAgain(file.name) : isPhone ? words.chooseOnPhone : words.choose);
  say("takes", file ? words.chosenBefore(size(file.bytes), size(file.size)) : takes);
  say("until", file ? "" : words.until(clock(startBy)));
  show("choose");
}

/** @param {string} title @param {string} text */
function refuse(title, text) {
  say("refused-title", title);
  say("refused-text", text);
  at("refused").hidden = false;
}

/** @param {string} text  for screen readers */
function tell(text) {
  say("status", text);
}

/** @param {File} file */
async function take(file) {
  at("refused").hidden = true;
  state.file = file;
  state.sent = 0;
  state.told = 0;
  rate.reset();
  say("file-name", file.name);
  say("doing", words.looking);
  at("pause").hidden = true;
  at("figures").hidden = true;
  at("bar").removeAttribute("value");
  show("work");
  tell(words.looking);
  state.looking = new AbortController();
  try {
    const { outcome, because, link } = await look(file, ask, state.looking.signal);
    state.link = link;
    if (outcome === "begun") return begin(file);
    drawLink();
    if (outcome === "file-refused") refuse(words.refused, because);
    if (outcome === "other-file") refuse(words.refused, words.otherFile(link.file.name, size(link.file.size)));
  } catch {
    await readLink().catch(() => undefined);
    drawLink();
    refuse(words.failed, words.tryAgain);
  }
}

/** @param {File} file */
function begin(file) {
  const { again, bytes } = state.link.file;
  state.again = again;
  state.sent = bytes;
  state.isPaused = false;
  at("pause").hidden = false;
  at("figures").hidden = false;
  state.upload = new window.tus.Upload(file, {
    uploadUrl: new URL("file", here).href,
    headers: { Authorization: `Bearer ${token}` },
    chunkSize: PIECE_BYTES,
    retryDelays: RETRY_MS,
    storeFingerprintForResuming: false,
    onShouldRetry: (error) => !FINAL.includes(error.originalResponse?.getStatus() ?? 0),
    onProgress: progressed,
    onError: failed,
    onSuccess: () => void finished(),
  });
  state.timer = setInterval(() => void refresh(), LINK_EVERY_MS);
  start();
}

function start() {
  state.isLost = false;
  rate.reset();
  state.upload.start();
  void keepAwake();
  drawWork();
}

/** @param {number} bytes */
function progressed(bytes) {
  const isAnew = bytes < state.sent;
  state.isLost = false;
  state.sent = bytes;
  rate.add(performance.now(), bytes);
  if (isAnew) void refresh();
  drawWork();
  const quarter = Math.floor(percent() / 25);
  if (quarter > state.told) tell(words.percent(quarter * 25));
  state.told = quarter;
}

/** @param {any} error */
function failed(error) {
  const status = error.originalResponse?.getStatus() ?? 0;
  if (FINAL.includes(status)) return void ended();
  state.isLost = true;
  rate.reset();
  drawWork();
  tell(words.lost);
  setTimeout(() => {
    if (state.isLost && !state.isPaused) start();
  }, LOST_RETRY_MS);
}

/** The bot takes no more of it: the link tells why. */
async function ended() {
  try {
    await readLink();
  } catch {
    return failed({});
  }
  stopWork();
  drawLink();
}

async function finished() {
  stopWork();
  state.link = { ...state.link, state: "checking" };
  drawLink();
}

function stopWork() {
  clearInterval(state.timer);
  state.upload = undefined;
  void state.wakeLock?.release().catch(() => undefined);
  state.wakeLock = undefined;
}

/** Learns whether it has begun again, and until when it may go on. */
async function refresh() {
  try {
    await readLink();
  } catch {
    return;
  }
  if (!state.upload) return;
  if (state.link.state === "receiving") return drawWork();
  if (state.link.state === "checking" || state.link.state === "arrived") return;
  state.upload.abort();
  await ended();
}

function percent() {
  return state.file?.size ? Math.floor((100 * state.sent) / state.file.size) : 0;
}

function drawWork() {
  const whole = state.file?.size ?? 0;
  const left = rate.left(whole - state.sent);
  const perSecond = rate.perSecond();
  const isMoving = !state.isPaused && !state.isLost;
  say("doing", state.isPaused ? words.paused : state.isLost ? words.lost : words.sending);
  at("bar").value = whole ? state.sent / whole : 0;
  say("sent", words.of(size(state.sent), size(whole)));
  say("rate", isMoving && perSecond !== undefined ? words.perSecond(size(perSecond)) : words.unknown);
  say("left", isMoving && left !== undefined ? duration(left) : words.unknown);
  say("pause", state.isPaused ? words.resume : words.pause);
  const { endsAt, again } = state.link.file ?? {};
  const lasts = endsAt === undefined ? Infinity : endsAt - (Date.now() + state.skewMs);
  const isLate = isMoving && left !== undefined && left > lasts;
  at("late").hidden = !isLate;
  if (isLate) say("late", words.late(duration(left), duration(Math.max(0, lasts))));
  at("again").hidden = !(again > 0);
  say("again", words.again);
  drawHead();
}

async function keepAwake() {
  try {
    state.wakeLock ??= await navigator.wakeLock?.request("screen");
  } catch {
    // The screen may sleep: the upload goes on when the page is looked at again.
  }
}

at("pause").addEventListener("click", () => {
  state.isPaused = !state.isPaused;
  if (state.isPaused) {
    void state.upload?.abort();
    drawWork();
    tell(words.paused);
  } else start();
});
at("file").addEventListener("change", (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) void take(file);
});
addEventListener("dragover", (event) => {
  event.preventDefault();
  at("zone").classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) at("zone").classList.remove("over");
});
addEventListener("drop", (event) => {
  event.preventDefault();
  at("zone").classList.remove("over");
  const file = event.dataTransfer?.files[0];
  if (file && state.view === "choose") void take(file);
});
addEventListener("online", () => {
  if (state.upload && state.isLost && !state.isPaused) start();
});
addEventListener("beforeunload", (event) => {
  if (state.upload && !state.isPaused) event.preventDefault();
});
addEventListener("hashchange", () => location.reload());
document.addEventListener("visibilitychange", () => {
  if (state.upload && document.visibilityState === "visible") void keepAwake();
});

document.documentElement.lang = isChinese ? "zh-CN" : "en";
say("file-label", words.button);
for (const [id, text] of [
  ["sent", words.sent],
  ["rate", words.rate],
  ["left", words.left],
])
  say(`${id}-label`, text);
say("keep-open", words.keepOpen);
say("privacy", words.privacy);

async function open() {
  try {
    await readLink();
    drawLink();
  } catch {
    state.link = {};
    show("outcome");
    say("sign", "!");
    say("outcome-title", words.failed);
    say("outcome-text", words.lost);
    setTimeout(() => void open(), LOST_RETRY_MS);
  }
}
void open();
