import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, bring, launch, oneOfEach, open, signIn, skip, something } from "./centre.mjs";

describe("a reader", { skip, concurrency: 1 }, () => {
  let browser;
  let people;
  before(async () => {
    browser = await launch();
    people = await oneOfEach();
  });
  after(() => browser?.close());

  it("signs in as each member, in that member's language, and sees who it is", async () => {
    assert.equal(people.length, 4);
    for (const person of people) {
      const page = await open(browser);
      await page.context().addInitScript(() => localStorage.removeItem("entente.language"));
      await signIn(page, person.login);
      await page.waitForSelector(`html[lang="${person.language}"]`);
      assert.match(await page.textContent("header"), new RegExp(person.member));
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    }
  });

  it("is refused with one sentence, and what was typed stays", async () => {
    const page = await open(browser);
    await page.goto(address);
    await page.fill('input[autocomplete="username"]', "nobody");
    await page.fill('input[autocomplete="current-password"]', "not the password");
    await page.click('button[type="submit"]');
    await page.waitForSelector('[role="alert"]');
    assert.equal(await page.inputValue('input[autocomplete="username"]'), "nobody");
    await page.context().close();
  });

  it("walks by the keyboard alone: search, list, report, back to the situation, help", async () => {
    const page = await open(browser);
    await signIn(page, people[0].login);
    await something(page);
    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await page.waitForURL(/\/search/);
    await page.waitForSelector("[data-item]");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "search-field");
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    const first = await page.evaluate(() => {
      const items = [...document.querySelectorAll("[data-item]")];
      return items.findIndex((item) => item.contains(document.activeElement));
    });
    assert.equal(first, 0);
    await page.keyboard.press("o");
    await page.waitForURL(/\/reports\//);
    await page.waitForSelector("article h1");
    await page.keyboard.press("?");
    await page.waitForSelector('[role="dialog"]');
    await page.keyboard.press("Escape");
    await page.waitForSelector('[role="dialog"]', { state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.waitForURL((url) => url.pathname === "/");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("searches: hits are marked, a facet narrows, a mistake is shown at its place", async () => {
    const page = await open(browser);
    await signIn(page, people[0].login);
    await something(page);
    await page.goto(`${address}/search`);
    await page.waitForSelector("[data-item]");
    await page.click("details button[aria-pressed]");
    await page.waitForURL(/q=lang(:|%3A)/);
    assert.equal(await page.getAttribute('details button[aria-pressed="true"]', "aria-pressed"), "true");
    await page.fill("#search-field", '"not closed');
    await page.press("#search-field", "Enter");
    await page.waitForSelector('main [role="alert"] code');
    assert.equal(await page.inputValue("#search-field"), '"not closed');
    await page.context().close();
  });

  it("changes the language: the frame turns, each text keeps its own direction", async () => {
    const page = await open(browser);
    await signIn(page, people[0].login);
    await something(page);
    await page.goto(`${address}/stories`);
    await page.waitForSelector("[data-item]");
    for (const [language, direction] of [
      ["ar", "rtl"],
      ["fa", "rtl"],
      ["ru", "ltr"],
      ["en", "ltr"],
    ]) {
      await page.click("[data-language]");
      await page.click(`[data-choose="${language}"]`);
      await page.waitForSelector(`html[lang="${language}"][dir="${direction}"]`);
      const rail = await page.locator("nav").boundingBox();
      assert.equal(rail.x > 700, direction === "rtl", "the rail stands at the side where reading begins");
      for (const text of await page.locator("[data-item] h2 span[lang]").all()) {
        const own = await text.getAttribute("lang");
        assert.equal(await text.getAttribute("dir"), /^(ar|fa|ckb|he)/.test(own) ? "rtl" : "ltr");
      }
    }
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("keeps its place when reports arrive, and takes them by a button", async () => {
    const page = await open(browser);
    await signIn(page, people[0].login);
    await something(page);
    await page.goto(`${address}/?at=44,33,4`);
    await page.waitForSelector("[data-item]");
    const panel = page.locator("aside:has([data-item])");
    const place = await panel.evaluate((element) => {
      element.scrollTop = 60;
      return element.scrollTop;
    });
    const title = `The ferry office moves, note ${Date.now()}`;
    await bring(people[0].member, title, "The ferry office at Samawah moves to the other bank of the river on Monday.");
    const brought = page.locator("[data-item]", { hasText: title });
    await page.waitForSelector("[data-arrived]");
    assert.equal(await brought.count(), 0, "nothing moves by itself");
    assert.equal(await panel.evaluate((element) => element.scrollTop), place);
    // The demo's own reports arrive all the while: the button may offer those first.
    for (let taken = 0; taken < 50 && (await brought.count()) === 0; taken++) await page.click("[data-arrived]");
    await brought.waitFor();
    await page.context().close();
  });
});
