import { describe, expect, it } from "vitest";
import { en } from "../../../../src/bot/words/en.ts";
import { FAULT_CODES, Fault } from "../../../../src/core/fault.ts";
import { REFUSALS } from "./every-refusal.ts";

describe("English", () => {
  it("has the labels of the buttons, letter by letter", () => {
    const { useFor, replaceApprover, run, newer: _newer, older: _older, ...labels } = en.labels;
    expect(Object.values(labels)).toEqual([
      "New request",
      "Launch",
      "Confirm",
      "Reject\u2026",
      "Open the demo",
      "Authorization video",
      "Footage",
      "Cancel",
      "Stop following",
      "Why?",
      "Say something…",
      "Details",
      "It was created\u2026",
      "It was not: launch again",
      "Use it anyway",
      "Use this file",
      "Not this file",
      "File too large for Slack?",
      "Revoke this link",
      "Read this one",
      "Make a photo avatar",
      "Try again",
      "Erase",
      "New like this",
      "Edit…",
      "Approvers…",
      "Pass to…",
      "Remind",
    ]);
    expect(useFor("AV-12")).toBe("Use it for AV-12");
    expect([replaceApprover("bob"), run("status")]).toEqual(["Instead of bob", "Run /avatar status"]);
  });

  it("has the labels of the forms", () => {
    const { kind, name, sex, notes, demoText, approvers } = en.forms.fields;
    const labels = [kind, name, sex, notes, demoText, approvers, en.forms.reject.reason].map(({ label }) => label);
    expect(labels).toEqual(["Kind", "Name", "Sex", "Notes", "Demo text", "Approvers", "Reason"]);
  });

  it("says every refusal: what happened, why, what to do, who can", () => {
    const said = Object.values(REFUSALS).map((r) => `${r.type}: ${en.refusal(r, "avatar")}`);
    expect(said.join("\n")).toMatchInlineSnapshot(`
      "wrong-format: It is a mov video; the authorization video must be mp4. Convert it, or drop another file here.
      empty-file: It is empty: 0 bytes. Export it again and drop the new file here.
      too-large: It is 5.6 GB; the footage may be 5 GB at most. Shorten or compress it and drop it here again.
      external-file: It is only a link to another service (Google Drive, Dropbox, …): its content is not in Slack. Download it and drop the file itself here.
      not-a-file: It is a canvas, not a file: it has no content that Tencent Cloud could get. Drop the material itself here as a file.
      file-gone: It was deleted in Slack before it could be taken. Drop it here again.
      file-hidden: Slack hides it, because the workspace is over the limit of its free plan. Upload it again, or free some space first.
      file-not-shared: It comes from another organisation in a shared channel, and Slack does not let this app read it. Ask somebody of this workspace to download it and drop it here.
      login-page: Slack sent its login page instead of the file: this app lacks the right to read files. Nothing is wrong with the file. Ask the operator to add the scope \`files:read\` and to install the app again; then drop the file here again.
      link-failed: The link leads to a web page, not to a file. Post a link that downloads the file itself, without signing in, or drop the file here.
      upload-stopped: Its upload stood still for a day, so it was given up. Press _File too large for Slack?_ on the card for a new link, and begin again.
      transfer-failed: It could not be brought to Tencent Cloud. Nothing is wrong with the file as far as is known: drop it here again. If that fails too, show this to the operator: \`cos-unreachable\`, sending part 3: COS answered 503.
      material-rule: It lasts 1 min 12.4 s (2–10 min). Record it again, or cut it to that length. Then drop it here; nothing was sent to Tencent Cloud.
      check-failed: Tencent Cloud inspected it: it was misread, with something missing, wrong or added. Read the text again, word for word, and drop the new recording here.
      check-broken: Tencent Cloud could not inspect it: “no speech found”. Nothing is wrong with the file as far as is known: drop it here again; if that fails too, show this to the operator.
      too-many-files: This request has 40 files in use or waiting for a yes, and takes no more. Its requester can say no to those that wait; for other material, begin a new request with \`/avatar new\`.
      not-wanted: <@U0ALICE> says that it is not used for this request. Nothing was sent to Tencent Cloud.
      not-collecting: This request stands at “In production” and takes no more files: they can be replaced only before Launch. For other material, begin a new request with \`/avatar new\`.
      other-workspace: Only people of the workspace that this bot belongs to can do this: ask one of them.
      person-unknown: Slack does not tell me at the moment who you are, so nothing was done. Try again in a minute.
      not-a-person: Apps can do nothing here: only people of this workspace can.
      guest-outside: Guests can act only on requests of channels that they are in. Ask somebody of this request's channel to invite you.
      not-found: There is no request \`AV-9\` that you can see. \`/avatar list\` shows those that you can.
      sight-unknown: Slack does not tell me at the moment who may see \`AV-9\`, so nothing is shown and nothing was done. Try again in a minute.
      may-not-launch: You cannot launch this request, because a launch spends a purchased quota. <@U0ALICE> can.
      may-not-decide: You asked for this request or launched it, so somebody else decides about its demo. <@U0BOB> or <@U0CAROL> can.
      may-not-cancel: You cannot end this request. <@U0ALICE>, <@U0BOB> or <@U0OPS> can.
      may-not-resolve-launch: You cannot say how this launch ended. <@U0ALICE> can.
      may-not-answer: Only whoever asked for this decides which files count: <@U0ALICE>. Nothing was changed.
      may-not-replace-approver: After Launch only an operator can change its approvers, and none is configured (\`OPERATORS\`). An approver can pass the own part on.
      may-not-change: You cannot change this request. <@U0ALICE> or <@U0OPS> can.
      busy: <@U0BOB> is deciding about the demo right now, so nothing about it can be changed. Wait until the card tells how that ended.
      not-editable: It was launched, so its name and texts are with Tencent Cloud and cannot be changed. _Approvers…_ still can.
      owner-already: <@U0CAROL> is its requester already.
      owner-only-approver: Nobody could decide about it then: <@U0CAROL> is its only approver, and requesters cannot approve their own. Put another approver in first, with _Approvers…_ on the card.
      launcher-only-approver: Nobody could decide about the demo then: <@U0BOB> is its only approver, and whoever launches cannot approve. Add another approver with _Approvers…_ on the card, or let somebody else launch.
      owner-cannot-act: <@U0CAROL> is not in its channel. Invite them there first.
      may-not-remind: You cannot remind anybody of this request. <@U0ALICE> or <@U0BOB> can.
      nobody-to-remind: It waits for nobody else at the moment, so nobody was reminded. The card says what happens next.
      reminded-already: <@U0ALICE> reminded them already, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>. Four hours lie between two reminders at least.
      too-many-owners: It has had 40 requesters already, and takes no more. \`/avatar new\` begins another.
      may-not-override: Only whoever asked for this answers for its material: <@U0ALICE>.
      not-ready: It cannot be launched yet. Drop an authorization (a video or a letter) and the footage into its thread first.
      materials-changed: The material has changed since this button was shown, so it does nothing. Look at the card and press its new Launch button.
      already-launched: <@U0ALICE> launched it already, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>. Nothing was done twice.
      already-decided: <@U0BOB> rejected it already, <!date^1762160400^{date_short_pretty} {time}|2025-11-03T09:00Z>. The first decision counts.
      old-round: This button belongs to an older demo. Demo 2 is the newest: see its message in the thread.
      nothing-to-decide: There is no demo to decide about now: this request stands at “In production”.
      already-over: This request is over: it stands at “Done”. \`/avatar new\` begins another.
      being-launched: <@U0ALICE> is launching it right now; pressing again does nothing. The card tells how it ends.
      cancel-while-launching: <@U0ALICE> is launching it right now, so it cannot be cancelled. Wait until the card tells how that ended.
      being-decided: <@U0BOB> is deciding about the demo right now, so it cannot be stopped. Wait until the card tells how that ended.
      launch-already-known: It is known by now how the launch ended: see the card. Nothing was done.
      already-answered: That was answered already: it is the footage.
      not-an-approver: <@U0EVE> is not an approver of this request. Its approvers: <@U0BOB>.
      no-approvers: A photo avatar has no approvers: nobody decides about it.
      nobody-called: I know nobody called @gone or @now: choose the names from Slack's list.
      too-fast: That was more at once than this bot takes from one person. Wait a few seconds, then try again.
      no-demo: Tencent Cloud offers no demo at the moment. When there is one, a message in the thread says so.
      nothing-to-override: That was answered already: the file is used, or was refused. The card shows what counts.
      cannot-try-again: AV-12 stands at “In production”, so there is nothing to try again. That is for requests that Tencent Cloud has refused for good.
      already-tried-again: AV-12 was tried again already: \`/avatar AV-13\` shows how that stands.
      not-over: AV-12 stands at “In production” and has not ended, so nothing was erased. Cancel it or wait for its end.
      may-not-erase: Only an operator erases a request: <@U0OPS>.
      was-erased: What AV-12 asked for was erased. \`/avatar new\` begins another request.
      no-texts: This request has no such text to read aloud: only an ultra-fast voice has. \`/avatar text\` shows the texts of yours.
      no-files: There is no file in this message. Use _Add to a request_ at a message that has the material, or drop the files into the thread of the request's card.
      message-unknown: Slack sent your message in a form that I do not know (\`huddle_note\`), so nothing in it was taken. Send it again as a normal message.
      no-open-request: No request that you can see takes files now: they are taken until Launch. \`/avatar new\` begins one; then use _Add to a request_ here again.
      conversation-hidden: This app is not in this conversation, so it does not get these files. Drop them into the thread of the request's card; in a channel you can also type \`/invite @avatar\` and use _Add to a request_ again.
      not-in-its-channel: Files are added to a request by people who are in its channel, and you are not in that of \`AV-3\`. Ask somebody there to invite you, or to add them.
      name-rule: A name has 2 to 50 Chinese characters, letters, digits, _ or -, and no spaces.
      name-in-use: The open request AV-3 has this name already. Names are unique: choose another.
      notes-too-long: 120 characters; 100 at most.
      demo-text-length: 3 characters; 4 to 1000 are possible.
      approver-missing: Name at least one person who will confirm or reject the demo. Only a photo avatar needs nobody.
      approver-cannot-act: helperbot, gone.guy cannot approve here: a bot, somebody who has left, of another workspace, or a guest outside this channel. Choose somebody else.
      launched-meanwhile: AV-12 has been launched since that button was shown, so nothing was cancelled. Its card has _Stop following_ now, which says what that means.
      nobody-can-decide: Name somebody else too: whoever asks for it cannot approve it.
      approver-not-allowed: Only these people may approve: <@U0BOB>.
      too-many-open: You have 20 open requests, and 20 is the most. Finish or cancel one first: /avatar list mine shows them.
      approver-not-checked: Slack does not say at the moment whether bob can approve here. Try again in a minute.
      not-for-kind: Photo avatar does not take this. Leave it empty.
      channel-missing: Choose the channel that the request's card goes to.
      not-in-channel: This app is not in that channel. Type /invite @avatar there, then try again.
      channel-unknown: This app cannot see that conversation. In a private channel type /invite @avatar, then try again; it cannot join a direct message between people.
      channel-archived: That channel is archived, so nobody can post there. Choose another one.
      posting-restricted: This app may not post there: the channel's settings allow only some people. Choose another one, or ask an admin to allow it.
      direct-messages-off: This app cannot write direct messages: its Messages tab is turned off. Choose a channel, or tell the operator.
      group-conversation: Slack does not tell apps about files in group messages. Choose a channel, or write to this app directly.
      reason-missing: Say what should be different: the reason goes to Tencent Cloud.
      reason-too-long: 301 characters; 300 at most.
      line-missing: Enter what is to be said.
      line-too-long: 301 characters; 300 at most.
      cannot-speak: It cannot say anything yet: it is not finished, or Tencent Cloud has not told its key.
      too-many-lines: You have let voices and avatars say 10 things within a day, which is the most. Try again tomorrow.
      task-id-missing: Enter the TaskId that Tencent Cloud's console or support names.
      task-in-use: The request AV-3 has this TaskId already. Check the digits.
      task-unknown: Tencent Cloud does not know this TaskId: no such record (RequestID 9f1c). Check the digits.
      task-not-checked: Tencent Cloud could not be asked about this TaskId just now. Try again in a minute."
    `);
  });

  const photo = { type: "wrong-format", takes: ["png", "jpg", "webp"], needs: ["photo"] } as const;

  it.each([
    [{ ...photo, format: "mp4" }, "It is an mp4 video; this request needs a photo (png, jpg or webp)."],
    [{ ...photo, format: "other", contentType: "gif" }, "It is a GIF; this request needs a photo (png, jpg or webp)."],
    [{ ...photo, format: "other", contentType: "docx" }, "It is a Word document; this request needs a photo"],
    [{ ...photo, format: "other", contentType: "xcf" }, "It is a file of type XCF; this request needs a photo"],
    [
      { ...photo, format: "other", named: "png" },
      "By its content it is a file of no type that this bot knows; the name, which ends in .png, does not count. This request needs a photo",
    ],
    [
      { type: "wrong-format", format: "zip", takes: ["mp4", "mov"] },
      "It is a zip file; this request takes mp4 or mov.",
    ],
    [{ type: "not-collecting", state: "cancelled", id: "AV-1" }, "AV-1 was cancelled and takes no more files."],
  ] as const)("tells what was dropped: %j", (r, said) => {
    expect(en.refusal(r)).toContain(said);
  });

  it("asks for nothing when all that is missing is on its way", () => {
    expect(en.refusal({ type: "not-ready", missing: [] })).toBe(
      "It cannot be launched yet: a file is still on its way. Wait until the card has its Launch button again.",
    );
  });

  it.each(FAULT_CODES)("says what %s means for whoever acted, with an id to quote", (code) => {
    const said = en.fault(new Fault(code, "doing something secret"), "a1b2c3");
    expect(said).toMatch(/^[A-Z].*\. If it stays so, tell the operator this id: `a1b2c3`\.$/);
    expect(said).not.toContain("secret");
  });

  it("does not put what a program said before people", () => {
    const said = en.fault(new TypeError("cannot read properties of undefined"), "a1b2c3");
    expect(said).toBe(
      "Something broke on this bot's side. Look at the card before you try again. If it stays so, tell the operator this id: `a1b2c3`.",
    );
  });
});
