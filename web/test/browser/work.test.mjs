import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, launch, oneOfEach, open, signIn, skip, something } from "./centre.mjs";

const api = `${address}/api/v1`;
// Accounts and sources of an earlier run on the same demo are not in the way.
const run = Date.now().toString(36);
const secret = "a pass phrase of six words";

describe("the work of a member", { skip, concurrency: 1 }, () => {
  let browser;
  let analyst;
  let officer;
  let administrator;
  before(async () => {
    browser = await launch();
    [[analyst], [officer], [administrator]] = await Promise.all(["analyst", "officer", "administrator"].map(oneOfEach));
  });
  after(() => browser?.close());

  it("finds the session again when the browser has forgotten all but the cookie", async () => {
    const page = await open(browser);
    await signIn(page, analyst.login);
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await page.waitForSelector("nav");
    await page.context().clearCookies();
    await page.reload();
    await page.waitForSelector("[data-login]");
    assert.deepEqual(page.complaints, [], "a first visit is not met with a refusal");
    await page.context().close();
  });

  it("invites, lets in, suspends and invites anew", async () => {
    const page = await open(browser);
    await signIn(page, administrator.login);
    await page.goto(`${address}/centre`);
    const login = `probe.${run}`;
    const form = page.locator("form:has(input[type=checkbox])");
    const [name, loginField] = [form.locator("input").nth(0), form.locator("input").nth(1)];
    await name.fill("Samira Probe");
    await loginField.fill(login);
    await form.locator('button[type="submit"]').click();
    const invitation = page.locator('[role="status"] code');
    const link = await invitation.textContent();
    assert.match(link, /\/invitation#.{20,}/);

    const guest = await open(browser);
    await guest.goto(link);
    const passwords = guest.locator('input[autocomplete="new-password"]');
    await passwords.nth(0).fill(secret);
    await passwords.nth(1).fill(`${secret}!`);
    await guest.click('button[type="submit"]');
    await guest.getByText("The two passwords differ").waitFor();
    await passwords.nth(1).fill(secret);
    await guest.click('button[type="submit"]');
    await guest.waitForSelector("nav");
    assert.match(await guest.textContent("header"), /Samira Probe/);

    const card = page.locator(`[data-person="${login}"]`);
    await card.locator("button").last().click();
    await page.waitForSelector(`[data-person="${login}"][data-suspended="true"]`);
    await guest.reload();
    await guest.waitForSelector("[data-login]");
    assert.deepEqual(guest.complaints, []);

    await card.locator("button").last().click();
    await page.waitForSelector(`[data-person="${login}"][data-suspended="false"]`);
    await card.locator("button").first().click();
    await page.waitForFunction((before) => {
      const now = document.querySelector('[role="status"] code')?.textContent;
      return now?.includes("/invitation#") && now !== before;
    }, link);
    assert.deepEqual(page.complaints, []);
    await guest.context().close();
    await page.context().close();
  });

  it("marks anew: understood as it is typed, and asked again where somebody was faster", async () => {
    const page = await open(browser);
    await signIn(page, officer.login);
    await something(page);
    const report = await ownReport(page);
    const mark = async (marking) => {
      const read = await page.request.get(`${api}/reports/${report.id}`);
      const headers = { "If-Match": read.headers().etag };
      const body = { marking, reason: "A test." };
      return (await page.request.put(`${api}/reports/${report.id}/marking`, { headers, data: body })).ok();
    };
    await page.goto(`${address}/reports/${report.id}`);
    const form = page.locator('[data-form="marking"]');
    const submit = form.locator('button[type="submit"]');
    const text = form.locator("input");
    await text.fill("SECRET//REL TO");
    await form.locator('[aria-invalid="true"]').waitFor();
    assert.equal(await submit.isDisabled(), true);
    await text.fill(`SECRET//REL TO ${officer.member}`);
    await form.locator("dd", { hasText: "SECRET" }).first().waitFor();
    await form.locator("textarea").fill("Names a person.");
    assert.equal(await mark(`CONFIDENTIAL//REL TO ${officer.member}`), true);
    await submit.click();
    const alert = form.locator('[role="alert"]');
    await alert.waitFor();
    assert.equal(await form.locator("textarea").inputValue(), "Names a person.");
    const answer = page.waitForResponse((r) => r.url().includes(`/reports/${report.id}`) && r.ok());
    await alert.locator("button").click();
    await answer;
    await alert.waitFor({ state: "detached" });
    await submit.click();
    await page.locator("article ol li", { hasText: "Names a person." }).first().waitFor();
    assert.equal(await text.inputValue(), `SECRET//REL TO ${officer.member}`);
    assert.equal(await mark(report.marking), true, "it is as it was");
    await page.context().close();
  });

  it("grades twice, and each grade is kept with who and when", async () => {
    const page = await open(browser);
    await signIn(page, officer.login);
    await something(page);
    const report = await ownReport(page);
    await page.goto(`${address}/reports/${report.id}`);
    const form = page.locator('[data-form="grade"]');
    for (const [reliability, credibility, reason] of [
      ["B", "2", `First look ${run}`],
      ["C", "3", `Second look ${run}`],
    ]) {
      await form.locator(`input[name="reliability"][value="${reliability}"]`).check();
      await form.locator(`input[name="credibility"][value="${credibility}"]`).check();
      await form.locator("textarea").fill(reason);
      await form.locator('button[type="submit"]').click();
      const line = page.locator("article ol li", { hasText: reason });
      await line.waitFor();
      const words = await line.textContent();
      assert.match(words, new RegExp(`${reliability}${credibility}`));
      assert.match(words, new RegExp(officer.name));
      assert.equal(await line.locator("time").count(), 1);
    }
    assert.match(await page.locator("article ol li", { hasText: run }).first().textContent(), /Second look/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("marks the hits of the search in the report that it led to", async () => {
    const page = await open(browser);
    await signIn(page, analyst.login);
    await something(page);
    await page.goto(`${address}/search?q=baghdad`);
    await page.click("[data-item] a");
    await page.waitForSelector("article h1");
    assert.match(await page.locator("article mark").first().textContent(), /baghdad/i);
    await page.context().close();
  });

  /** A report whose marking the one who is signed in may change. */
  async function ownReport(page) {
    const list = await (await page.request.get(`${api}/reports?q=member:${officer.member}&limit=20`)).json();
    for (const { id } of list.reports) {
      const report = await (await page.request.get(`${api}/reports/${id}`)).json();
      if (report.may.mark && report.may.grade) return report;
    }
    throw new Error("no report of the officer's member has arrived");
  }
});
