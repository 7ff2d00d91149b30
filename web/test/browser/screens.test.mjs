import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { address, launch, oneOfEach, open, signIn, skip, something } from "./centre.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds by WCAG 2.2 AA, in words. Axe is evaluated from outside the page, past its content policy. */
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await window.axe.run(document, { runOnly: tags });
    return violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`);
  });
  return found;
}

/**
 * One report of each kind that reads differently on the screen: in each
 * language, in several
 * copies, without a place. Which is the newest differs from run to run. Each
 * screen size takes two of the six, so that together they see all.
 */
async function kindsOfReports(page, size) {
  const { reports } = await (await page.request.get(`${address}/api/v1/reports?limit=200`)).json();
  const wanted = {
    ...Object.fromEntries(["ar", "en", "fa", "ru"].map((l) => [l, (r) => r.language === l])),
    several: (r) => r.copies > 1,
    bare: (r) => r.places.length === 0,
  };
  const chosen = Object.values(wanted).map(
    (of) => reports.filter(of).toSorted((a, b) => (a.title < b.title ? -1 : 1))[0],
  );
  return [...new Set(chosen.filter((r, i) => r && i % 3 === size % 3).map((r) => `/reports/${r.id}`))];
}

/** The claim that most is said of, and one that somebody is against. */
async function kindsOfClaims(page) {
  const { claims } = await (await page.request.get(`${address}/api/v1/claims?limit=200`)).json();
  const most = claims.toSorted((a, b) => b.statement_count - a.statement_count)[0];
  const against = claims.find((c) => c.against > 0);
  return [...new Set([most, against].filter(Boolean).map((c) => `/claims/${c.id}`))];
}

describe("every screen", { skip, concurrency: 1 }, () => {
  let browser;
  let people;
  before(async () => {
    browser = await launch();
    people = await oneOfEach();
  });
  after(() => browser?.close());

  for (const [size, [language, scheme, width]] of [
    ["en", "light", 1440],
    ["ar", "dark", 1440],
    ["fa", "light", 390],
    ["ru", "dark", 1280],
  ].entries()) {
    it(`opens in ${language}, ${scheme}, ${width} wide, without a complaint of the console or of axe`, async () => {
      const page = await open(browser, { language, scheme, width });
      await page.goto(address);
      await page.waitForSelector("[data-login]");
      assert.deepEqual(await violations(page), [], "sign-in");
      await signIn(page, people[0].login);
      const { story } = await something(page);
      const screens = [
        "/",
        "/?layers=reports,events,positions&panel=events",
        "/?show=places",
        "/stories",
        `/stories/${story.id}`,
        "/claims",
        ...(await kindsOfClaims(page)),
        "/entities",
        "/entities?show=same",
        ...(await kindsOfReports(page, size)),
      ];
      for (const path of [...screens, "/search?q=baghdad", "/sources", "/centre", "/nowhere"]) {
        await page.goto(address + path);
        await page.waitForSelector("main h1, main h2");
        await page.waitForFunction(() => document.querySelector(".mantine-Skeleton-root") === null);
        assert.equal(await page.getAttribute("html", "dir"), language === "ar" || language === "fa" ? "rtl" : "ltr");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `${path} is ${wide} px wider than the window`);
        assert.deepEqual(await violations(page), [], path);
      }
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
  }

  it("opens for an administrator, and where there is no invitation, without a complaint of axe", async () => {
    const [administrator] = await oneOfEach("administrator");
    const page = await open(browser, { language: "ar", width: 1280 });
    await page.goto(`${address}/invitation`);
    await page.waitForSelector('[role="alert"]');
    assert.deepEqual(await violations(page), [], "/invitation");
    await signIn(page, administrator.login);
    const first = { "/centre": "[data-person]", "/sources": "tbody tr button", "/sources/add": "[data-push]" };
    for (const [path, ready] of Object.entries({ ...first, "/sources/catalogue": "[data-item]" })) {
      await page.goto(address + path);
      await page.waitForSelector(ready);
      assert.deepEqual(await violations(page), [], path);
    }
    await page.goto(`${address}/sources?member=${administrator.member}`);
    await page.locator("tbody tr button").first().click();
    await page.locator("[data-panel] button[aria-expanded]").click();
    await page.locator('[data-form="source"]').waitFor();
    await page.waitForTimeout(500); // the panel slides in
    assert.deepEqual(await violations(page), [], "a source's panel");
    await page.goto(`${address}/sources/add`);
    await page.click("[data-push]");
    await page.locator('[data-form="save"]').waitFor();
    assert.deepEqual(await violations(page), [], "a partner who sends");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("says the same marking above and below", async () => {
    const page = await open(browser);
    await signIn(page, people[0].login);
    await something(page);
    await page.goto(`${address}/search`);
    await page.waitForSelector("[data-item]");
    const banners = await page.locator("[data-banner]").allInnerTexts();
    assert.equal(banners.length, 2);
    assert.equal(banners[0], banners[1]);
    assert.match(banners[0], /REL TO/);
    await page.context().close();
  });
});
