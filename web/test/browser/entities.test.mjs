import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, launch, oneOfEach, open, signIn, skip } from "./centre.mjs";

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
    await page.locator("article button, main button", { hasText: words }).first().click();
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
