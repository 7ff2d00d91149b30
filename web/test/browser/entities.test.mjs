import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, bring, launch, oneOfEach, open, signIn, skip } from "./centre.mjs";

const run = Date.now().toString(36);

describe("who is who", { skip, concurrency: 1 }, () => {
  let browser;
  let page;
  before(async () => {
    browser = await launch();
    page = await open(browser);
    await signIn(page, (await oneOfEach())[0].login);
  });
  after(() => browser?.close());

  const entities = async (q) =>
    (await (await page.request.get(`${address}/api/v1/entities?q=${encodeURIComponent(q)}`)).json()).entities;

  /** Whom the demo's reports name in several of them. */
  async function somebody() {
    for (let i = 0; i < 120; i++) {
      const list = (await (await page.request.get(`${address}/api/v1/entities?kind=person&limit=20`)).json()).entities;
      const found = list?.find((e) => e.reports > 1 && e.names.length > 1);
      if (found) return found;
      await page.waitForTimeout(500); // the demo's reports arrive over a minute
    }
    throw new Error("nobody is named twice in the demo within a minute");
  }

  it("is reached from the words of a report that name somebody", async () => {
    const person = await somebody();
    const found = await (await page.request.get(`${address}/api/v1/reports?q=entity:${person.id}`)).json();
    assert.equal(found.reports.length, person.reports);
    await page.goto(`${address}/reports/${found.reports[0].id}`);
    const report = await (await page.request.get(`${address}/api/v1/reports/${found.reports[0].id}`)).json();
    const words = report.mentions.find((m) => m.identity === person.id).text;
    await page.locator('main button[aria-haspopup="dialog"]', { hasText: words }).first().click();
    await page.locator("[data-identity]").click();
    await page.waitForURL(new RegExp(`/entities/${person.id}`));
    await page.locator(`[data-entity="${person.id}"] h1`).waitFor();
    const text = await page.locator("main").textContent();
    for (const name of person.names.slice(0, 3)) assert.ok(text.includes(name.text), name.text);
    assert.deepEqual(page.complaints, []);
  });

  it("takes two for one when a person says so, with a reason, and takes it back", async () => {
    const person = await somebody();
    const other = (
      await (await page.request.get(`${address}/api/v1/entities?kind=person&limit=50`)).json()
    ).entities.find((e) => e.id !== person.id && e.reports === 1);
    const merged = await page.request.post(`${address}/api/v1/entities/${person.id}/merge`, {
      data: { other: other.id, reason: `probe ${run}` },
      headers: { Origin: address },
    });
    assert.equal(merged.status(), 201, await merged.text());
    await page.goto(`${address}/entities/${other.id}`);
    const decision = page.locator('[data-decision="merge"]:not([data-undone])').first();
    await decision.waitFor();
    assert.match(await decision.textContent(), new RegExp(`probe ${run}`));
    await decision.locator("[data-undo]").click();
    const back = decision.locator('button[type="submit"]');
    assert.ok(await back.isDisabled(), "a decision without a reason can be sent");
    await decision.locator("textarea").first().fill(`back ${run}`);
    await back.click();
    await page.waitForFunction(
      (id) => document.querySelector("[data-entity]")?.getAttribute("data-entity") === id,
      other.id,
    );
    await page.locator("[data-undone]").first().waitFor();
    assert.match(await page.locator("[data-undone]").first().textContent(), new RegExp(`back ${run}`));
    assert.deepEqual(page.complaints, []);
  });

  it("finds a public body by its name in another language", async () => {
    const [body] = await entities("داعش");
    assert.equal(body.known, "islamic-state");
    await page.goto(`${address}/entities/${body.id}`);
    await page.locator(`[data-entity="${body.id}"] h1`).waitFor();
    assert.match(await page.locator("main").textContent(), /داعش/);
  });

  it("lists people and bodies, found across scripts, and its address says how it was narrowed", async () => {
    await somebody();
    await page.goto(`${address}/`);
    await page.locator("nav a[href^='/entities']").click();
    const items = page.locator("[data-entities] > li");
    await items.first().waitFor();
    const [first] = await entities("");
    assert.equal(await items.first().getAttribute("data-entity-item"), first.id);
    await page.locator("[data-find]").fill("داعش");
    const is = page.locator(`[data-entities] > li[data-entity-item="${(await entities("داعش"))[0].id}"]`);
    await page.waitForURL(/find=/);
    await page.waitForFunction(() => document.querySelectorAll("[data-entities] > li").length < 10);
    await is.waitFor();
    await page.locator('[data-kind="person"]').click();
    await page.waitForURL(/kind=person/);
    await page.locator("main").getByText("Nobody of that name").waitFor();
    await page.locator("main").getByRole("button", { name: "Clear all filters" }).click();
    await items.nth(5).waitFor();
    assert.equal(await page.locator("[data-find]").inputValue(), "");
    await page.locator("[data-country]").selectOption("IRQ");
    await page.locator("[data-order]").selectOption("newest");
    await page.waitForURL(/country=IRQ.*sort=newest/);
    await page.reload();
    await items.first().waitFor();
    assert.equal(await page.locator("[data-country]").inputValue(), "IRQ");
    assert.equal(await page.locator("[data-order]").inputValue(), "newest");
    const iraqi = await (await page.request.get(`${address}/api/v1/entities?country=IRQ&order=newest`)).json();
    await page.waitForFunction(
      (n) => document.querySelectorAll("[data-entities] > li").length === n,
      iraqi.entities.length,
    );
    assert.deepEqual(page.complaints, []);
  });

  it("shows more on demand, each once, and is walked by keys", async () => {
    await page.goto(`${address}/entities`);
    const ids = () =>
      page.locator("[data-entities] > li").evaluateAll((all) => all.map((li) => li.getAttribute("data-entity-item")));
    await page.locator("[data-entities] > li").nth(49).waitFor();
    await page.getByRole("button", { name: "Show more" }).click();
    await page.locator("[data-entities] > li").nth(60).waitFor();
    const all = await ids();
    assert.equal(new Set(all).size, all.length);
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await page.waitForURL(new RegExp(`/entities/${all[1]}`));
    assert.deepEqual(page.complaints, []);
  });

  it("lists the pairs that wait for a decision, and lets a person decide", async () => {
    const { member, login } = (await oneOfEach())[0];
    const name = `Belmandar${run.replace(/[^a-z]/g, "")}`;
    await bring(
      member,
      `A ruling of ${run}`,
      `BAGHDAD, 12 October 2015 – Judge Tariq ${name} said on Monday that the court would sit in Ramadi.`,
    );
    await bring(
      member,
      `A sermon of ${run}`,
      `MOSUL, 14 October 2015 – Sheikh Tariq ${name} told worshippers that the road was open.`,
    );
    const waits = async () =>
      (await (await page.request.get(`${address}/api/v1/entity-proposals`)).json()).pairs.find((p) =>
        p.one.names.some((n) => n.text.includes(name)),
      );
    let pair;
    for (let i = 0; i < 120 && !pair; i++) {
      pair = await waits();
      if (!pair) await page.waitForTimeout(250); // the texts are being processed
    }
    assert.ok(pair, `no pair for ${login}`);
    await page.goto(`${address}/entities?show=same`);
    const line = page.locator(`[data-pair="${pair.one.id} ${pair.other.id}"]`);
    await line.waitFor();
    assert.match(await line.textContent(), /the same name/);
    await line.locator("[data-reject]").click();
    await line.locator("textarea").first().fill(`two men ${run}`);
    await line.locator('button[type="submit"]').click();
    await line.waitFor({ state: "detached" });
    assert.equal(await waits(), undefined);
    assert.deepEqual(page.complaints, []);
  });

  it("says titles and reasons in the language of the screen", async () => {
    const other = await open(browser, { language: "ru" });
    await signIn(other, (await oneOfEach())[0].login);
    const list = (await (await other.request.get(`${address}/api/v1/entities?kind=person&limit=100`)).json()).entities;
    const { titles } = await (await other.request.get(`${address}/api/v1/titles`)).json();
    const named = list.find((e) => titles.some((t) => t.role === e.roles[0]?.name && t.names.ru));
    const title = titles.find((t) => t.role === named.roles[0].name).names.ru;
    await other.goto(`${address}/entities/${named.id}`);
    await other.locator("[data-entity] aside").getByText(title).first().waitFor();
    const { reports } = await (await other.request.get(`${address}/api/v1/reports?q=place:baghdad`)).json();
    await other.goto(`${address}/reports/${reports[0].id}`);
    await other.locator("[data-why] > summary").click();
    await other.locator("[data-why]").getByText("единственное место с таким названием в справочнике").first().waitFor();
    assert.ok(!(await other.locator("[data-why]").textContent()).includes("the only place of this name"));
    assert.deepEqual(other.complaints, []);
    await other.context().close();
  });

  for (const [language, scheme, width] of [
    ["en", "light", 1440],
    ["ar", "dark", 1440],
    ["en", "dark", 390],
    ["ar", "light", 390],
  ]) {
    it(`fits the screen: ${language}, ${scheme}, ${width}`, async () => {
      const other = await open(browser, { language, scheme, width });
      await signIn(other, (await oneOfEach())[0].login);
      const person = await somebody();
      await other.goto(`${address}/entities`);
      await other.locator("[data-entities] > li").first().waitFor();
      const list = await other.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(list <= 1, `the list is ${list} pixels too wide`);
      await other.goto(`${address}/entities/${person.id}`);
      await other.locator("[data-entity] li[data-item]").first().waitFor();
      const over = await other.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 1, `${over} pixels too wide`);
      if (process.env.SCREENSHOTS)
        await other.screenshot({
          path: `${process.env.SCREENSHOTS}/entity-${language}-${scheme}-${width}.png`,
          fullPage: true,
        });
      assert.deepEqual(other.complaints, []);
    });
  }
});
