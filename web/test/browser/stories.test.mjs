// What the machine grouped wrongly, a person puts right: merge, take out, take back.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, bring, launch, oneOfEach, open, signIn, skip } from "./centre.mjs";

const api = `${address}/api/v1`;
const run = Date.now().toString(36);

describe("the grouping of stories", { skip, concurrency: 1 }, () => {
  let browser;
  let analyst;
  before(async () => {
    browser = await launch();
    [analyst] = await oneOfEach("analyst");
  });
  after(() => browser?.close());

  /** The story of a report that was brought in under a title. */
  async function storyOf(page, title) {
    for (let i = 0; i < 60; i++) {
      const { reports } = await (await page.request.get(`${api}/reports?q=${encodeURIComponent(`"${title}"`)}`)).json();
      if (reports[0]?.story) return { report: reports[0].id, story: reports[0].story };
      await page.waitForTimeout(500);
    }
    throw new Error(`${title} did not arrive`);
  }

  it("merges two stories, follows the old address, takes a report out and takes both back", async () => {
    const page = await open(browser);
    await signIn(page, analyst.login);
    const titles = [`Quarry ${run} reopened`, `Orchard ${run} harvested`];
    await bring(analyst.member, titles[0], "Limestone blocks leave the quarry by rail again after two idle winters.");
    await bring(
      analyst.member,
      titles[1],
      "Apricot growers counted crates under awnings while pickers sang until dusk.",
    );
    const [one, two] = [await storyOf(page, titles[0]), await storyOf(page, titles[1])];
    assert.notEqual(one.story, two.story);

    await page.goto(`${address}/stories/${two.story}`);
    await page.click("[data-merge]");
    const dialog = page.locator('[role="dialog"]');
    await dialog.locator(":focus").waitFor(); // it takes the focus once it has opened, which would close the list
    await dialog.locator("input").first().fill(titles[0]);
    await page.locator('[role="option"]', { hasText: titles[0] }).click();
    await dialog.locator("input").last().fill("one market day");
    await dialog.locator('button[type="submit"]').click();
    // The older story stays; the page goes there.
    await page.waitForURL(`**/stories/${one.story}*`);
    await page.locator("[data-history]", { hasText: "one market day" }).waitFor();
    assert.equal(await page.locator("[data-item]").count(), 2);

    await page.goto(`${address}/stories/${two.story}`);
    await page.waitForURL(`**/stories/${one.story}*`);

    await page.locator("[data-item]", { hasText: titles[1] }).locator("[data-do]").click();
    await page.click("[data-split]");
    await dialog.locator("input").last().fill("another valley");
    await dialog.locator('button[type="submit"]').click();
    await page.waitForFunction(() => document.querySelectorAll("[data-item]").length === 1);
    assert.notEqual((await storyOf(page, titles[1])).story, one.story);

    const undo = (reason) =>
      page.locator("[data-history] li:not([data-undone])", { hasText: reason }).locator("button");
    await undo("another valley").click();
    await page.waitForFunction(() => document.querySelectorAll("[data-item]").length === 2);
    await undo("one market day").click();
    await page.waitForFunction(() => document.querySelectorAll("[data-item]").length === 1);
    assert.equal((await storyOf(page, titles[1])).story, two.story);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("refuses without a reason, and tells others nothing of what they may not see", async () => {
    const page = await open(browser);
    await signIn(page, analyst.login);
    const { stories } = await (await page.request.get(`${api}/stories`)).json();
    const headers = { Origin: address };
    const refused = await page.request.post(`${api}/stories/${stories[0].id}/merge`, {
      data: { other: stories[1].id, reason: "" },
      headers,
    });
    assert.equal(refused.status(), 422);
    const nowhere = await page.request.post(`${api}/stories/${stories[0].id}/merge`, {
      data: { other: "0000000000001", reason: "x" },
      headers,
    });
    assert.equal(nowhere.status(), 404);
    await page.context().close();
  });
});
