import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, bring, launch, oneOfEach, open, signIn, skip } from "./centre.mjs";

const run = Date.now().toString(36);

const text = [
  "Gunmen attacked a checkpoint near Samawah on Friday, killing five policemen and wounding at least twelve.",
  "Iraq and Iran signed an agreement in Baghdad.",
  "The ministry denied that warplanes bombed a hospital in Mosul.",
  "Russia and Egypt will hold a joint exercise in the Red Sea.",
].join(" ");

describe("what a text says happens", { skip, concurrency: 1 }, () => {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  it("stands beside it with place, parties, victims and reality; a click marks the words; the search finds it", async () => {
    const title = `Night report ${run}`;
    const [analyst] = await oneOfEach();
    await bring(analyst.member, title, text);
    const page = await open(browser);
    await signIn(page, analyst.login);
    const found = page.locator("[data-item] a", { hasText: title });
    for (let i = 0; i < 40; i++) {
      await page.goto(`${address}/search?q=${encodeURIComponent(`"${title}" event:armed_clash event:agreement`)}`);
      await page.waitForTimeout(500); // it is processed a moment after it was taken
      if ((await found.count()) > 0) break;
    }
    await found.first().click();
    const list = page.locator("[data-happenings]");
    await list.waitFor();
    const clash = list.locator('[data-happening="armed_clash"]');
    assert.equal(await clash.getAttribute("data-reality"), "actual");
    assert.match(await clash.textContent(), /Samawah.*By.*Gunmen.*Befalls.*policemen.*Killed 5.*Injured 12/s);
    assert.match(await list.locator('[data-happening="agreement"]').textContent(), /Baghdad.*Iraq.*Iran/s);
    assert.equal(await list.locator('[data-happening="remote_strike"]').getAttribute("data-reality"), "negated");
    assert.equal(await list.locator('[data-happening="joint_activity"]').getAttribute("data-reality"), "planned");
    await clash.locator("button").first().click();
    const marked = await page.locator("[data-focus]").allTextContents();
    assert.match(marked.join(""), /^Gunmen attacked.*at least twelve/);
    await page.goto(`${address}/search?q=${encodeURIComponent(`"${title}" event:remote_strike`)}`);
    await page.waitForSelector("main");
    await page.waitForTimeout(500);
    assert.equal(await found.count(), 0, "what did not happen is not found as an event");
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});
