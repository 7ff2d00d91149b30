import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { address, launch, oneOfEach, open, partner, signIn, skip, something } from "./centre.mjs";

// Sources of an earlier run on the same demo are not in the way.
const run = Date.now().toString(36);

const found = (feed, rest = {}) => ({
  ...{ kind: "feed", address: feed, how: "The page names it in its head.", name: `Probe ${run}`, language: "en" },
  ...{ country: "IRQ", owner: "Probe House", ownership: "private", family: "Probe House", catalogue: true },
  ...{ have: false, options: {}, events: 0, tracks: 0, problems: ["One item has no date."] },
  items: [
    {
      title: "Rain",
      url: "",
      published: null,
      language: "en",
      places: ["Baghdad"],
      snippet: "It rains.",
      problems: [],
    },
  ],
  ...rest,
});

describe("the sources of a member", { skip, concurrency: 1 }, () => {
  let browser;
  let administrator;
  before(async () => {
    browser = await launch();
    [administrator] = await oneOfEach("administrator");
  });
  after(() => browser?.close());

  it("are added by one field: refused with a sentence, found, chosen, corrected and saved", async () => {
    const page = await open(browser);
    await signIn(page, administrator.login);
    await page.goto(`${address}/sources`);
    await page.click('a[href="/sources/add"]');
    const field = page.locator('input[name="address"]');
    await field.fill("http://127.0.0.1:1/feed");
    await field.press("Enter");
    // The centre's own machine is not fetched, and the sentence says so.
    assert.match(await page.locator('main [role="alert"]').textContent(), /this machine itself/);
    assert.equal(await field.inputValue(), "http://127.0.0.1:1/feed", "what was typed stays");

    const feed = `https://probe-${run}.example/feed`;
    const other = found(`https://probe-${run}.example/`, { kind: "page", name: "Probe page", catalogue: false });
    await page.route("**/api/v1/sources/find", (route) => route.fulfill({ json: { found: [found(feed), other] } }));
    await field.fill(`probe-${run}.example`);
    await field.press("Enter");
    const card = page.locator('article[data-kind="feed"]');
    await card.waitFor();
    const words = await card.textContent();
    for (const word of ["Probe House", "from the catalogue", "Rain", "Baghdad", "publication unknown", "no date"])
      assert.match(words, new RegExp(word));
    await card.locator("button").click();
    const form = page.locator('[data-form="save"]');
    assert.equal(await form.locator('input[name="name"]').inputValue(), `Probe ${run}`);
    await form.locator('input[name="owner"]').fill("Probe and Sons");
    await form.locator('input[name="marking"]').fill("RESTRICTED//REL TO");
    await form.locator('[aria-invalid="true"]').waitFor();
    await form.locator('input[name="marking"]').fill(`RESTRICTED//REL TO ${administrator.member}`);
    await form.locator("dd", { hasText: "RESTRICTED" }).first().waitFor();
    await form.locator('button[type="submit"]').click();
    await page.getByRole("button", { name: "See the source" }).click();
    const panel = page.locator("[data-panel]");
    await panel.waitFor();
    assert.match(await panel.textContent(), /Probe and Sons/);
    assert.match(await panel.textContent(), new RegExp(`probe-${run}.example`));
    await page.context().close();
  });

  it("are paused, changed and resumed in their panel, by the keyboard too", async () => {
    const page = await open(browser);
    await signIn(page, administrator.login);
    await page.goto(`${address}/sources?find=probe-${run}`);
    const row = page.locator("tbody tr");
    await row.waitFor();
    assert.equal(await row.count(), 1);
    await page.locator("main h1").click();
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    const panel = page.locator("[data-panel]");
    await panel.getByRole("button", { name: "Pause" }).click();
    await panel.locator('[data-state="paused"]').waitFor();
    await panel.getByRole("button", { name: "Edit" }).click();
    const form = panel.locator('[data-form="source"]');
    await form.locator('input[name="family"]').fill(`Family ${run}`);
    await form.locator('input[type="number"]').fill("30");
    await form.locator('button[type="submit"]').click();
    await form.waitFor({ state: "detached" });
    await panel.getByText(`Family ${run}`).waitFor();
    assert.match(await panel.textContent(), /30 min/);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).searchParams.get("source"), null);
    await row.locator('[data-state="paused"]').waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("stand in an order and a selection that the address keeps; what others keep to themselves is a dash", async () => {
    const page = await open(browser);
    await signIn(page, administrator.login);
    await something(page);
    await page.goto(`${address}/sources?member=${administrator.member}`);
    await page.waitForSelector("tbody tr");
    const mine = await page.locator("tbody tr").count();
    await page.locator("thead button", { hasText: "Volume" }).click();
    await page.locator("thead button", { hasText: "Volume" }).click();
    await page.waitForURL(/sort=-bytes/);
    await page.waitForSelector('th[aria-sort="descending"]');
    await page.locator("select").nth(1).selectOption("");
    await page.waitForURL((url) => url.searchParams.get("member") === null);
    const foreign = page.locator(`tbody tr:not([data-member="${administrator.member}"])`).first();
    assert.ok((await page.locator("tbody tr").count()) > mine);
    assert.match(await foreign.locator("td").last().textContent(), /Known only to the member/);
    await page.fill('input[type="search"][aria-label^="Name, owner"]', "no such source anywhere");
    await page.getByText("No source matches").waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("may be partners who send: their keys are shown once, and work", async () => {
    const page = await open(browser);
    await signIn(page, administrator.login);
    await page.goto(`${address}/sources/add`);
    await page.click("[data-push]");
    const form = page.locator('[data-form="save"]');
    await form.locator('input[name="name"]').fill(`Partner ${run}`);
    await form.locator('button[type="submit"]').click();
    const keys = page.locator("[data-keys] code");
    await keys.first().waitFor();
    const [intake, token, curl] = await keys.allTextContents();
    assert.match(curl, /^curl .*Bearer entente_/);
    const body = JSON.stringify({ id: run, title: `By key ${run}`, text: "The road to Hilla is open." });
    const answer = await fetch(intake, { method: "POST", body, headers: { Authorization: `Bearer ${token}` } });
    assert.equal((await answer.json()).receipts[0].new, true);
    await page.getByRole("button", { name: "See the source" }).click();
    const panel = page.locator("[data-panel]");
    await panel.locator('[data-state="listening"]').waitFor();
    assert.equal(await panel.locator("code").count(), 0, "no key is shown again");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("are ticked in the catalogue, which says what it added", async () => {
    const page = await open(browser);
    await signIn(page, administrator.login);
    await page.goto(`${address}/sources/catalogue`);
    await page.waitForSelector("[data-item]");
    const all = await page.locator("[data-item]").count();
    assert.ok(all >= 120, `${all} lines`);
    await page.locator("select").nth(2).selectOption("alerts");
    await page.waitForFunction((n) => document.querySelectorAll("[data-item]").length < n, all);
    const box = page.locator('[data-item] input[type="checkbox"]:not([disabled])').last();
    await box.check();
    await page.getByRole("button", { name: "Add 1 source" }).click();
    await page.getByText("1 source was added.").waitFor();
    await page.locator("[data-item]", { hasText: "already yours" }).first().waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("are moved by OPML, and what was there already is named", async () => {
    const page = await open(browser);
    await signIn(page, administrator.login);
    await page.goto(`${address}/sources`);
    await page.waitForSelector("tbody tr");
    const rows = await page.locator("tbody tr").count();
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("header a[download]")]);
    const opml = await readFile(await file.path(), "utf8");
    assert.ok(opml.includes(`probe-${run}`));
    const other = opml.replace(/<body>[\s\S]*<\/body>/, (body) => {
      const mine = body.split("\n").find((line) => line.includes(`probe-${run}`));
      return `<body>\n${mine}\n${mine.replaceAll(run, `${run}-b`)}\n</body>`;
    });
    await page.setInputFiles('input[type="file"]', {
      name: "sources.opml",
      mimeType: "text/x-opml",
      buffer: Buffer.from(other),
    });
    await page.locator("main [role='status'] li").waitFor(); // one was there already
    await page.waitForFunction((n) => document.querySelectorAll("tbody tr").length > n, rows);
    await page.context().close();
  });

  it("show the days of one that has fallen silent, and the rail counts it", async () => {
    const page = await open(browser);
    await partner(administrator.member, `Quiet ${run}`);
    // A silence takes a week to be known: the answer is the server's own with one source changed.
    await page.route("**/api/v1/sources", async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      const quiet = body.sources?.find((s) => s.name === `Quiet ${run}`);
      if (quiet) {
        quiet.health.alarm = "silent";
        quiet.health.usual = 40;
        quiet.health.silence = "Usually 40 a day, none since yesterday 14:05 UTC.";
        quiet.health.daily = Array.from({ length: 28 }, (_, day) => (day > 25 ? 0 : 38 + (day % 5)));
      }
      await route.fulfill({ response: answer, json: body });
    });
    await signIn(page, administrator.login);
    await page.locator("nav strong").waitFor();
    assert.match(await page.locator("nav strong").textContent(), /fallen silent/);
    await page.goto(`${address}/sources`);
    const first = page.locator("tbody tr").filter({ has: page.locator('[data-state="silent"]') });
    await first.waitFor();
    assert.match(await first.textContent(), /Silent.*0.*40/s);
    assert.equal(await first.locator("svg rect").count(), 28);
    await first.locator("button").click();
    await page.getByText("none since yesterday 14:05").waitFor();
    await page.context().close();
  });
});
