import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, launch, oneOfEach, open, partner, signIn, skip } from "./centre.mjs";

// A matter that no other text of the demo is about.
const texts = {
  asserted: {
    title: "Ministry: the barge Suhail sank at Qurnah",
    text: "QURNAH, Oct 9 - The barge Suhail sank at Qurnah on Thursday night with forty tonnes of cement, the transport ministry's spokesman Hamid Rashid said on Friday.",
  },
  denied: {
    title: "Owner denies that the barge Suhail sank",
    text: "QURNAH, Oct 10 - The owner of the barge Suhail, Kadhim Jasim, denied on Saturday that the barge Suhail sank at Qurnah on Thursday night with forty tonnes of cement.",
  },
};

describe("claims", { skip, concurrency: 1 }, () => {
  let browser;
  let person;
  const ids = {};
  before(async () => {
    browser = await launch();
    const member = "IRQ";
    person = (await oneOfEach()).find((p) => p.member === member);
    const marking = "UNCLASSIFIED//REL TO IRQ, IRN, RUS, SYR";
    for (const [name, text] of Object.entries(texts)) {
      const { deliver } = await partner(member, `River desk ${name} ${Date.now()}`, marking);
      const told = await deliver({ id: name, published: "2015-10-10T08:00:00Z", ...text });
      ids[name] = told.receipts[0].document;
    }
  });
  after(() => browser?.close());

  /** The claim that the texts are about, once both have been read. */
  const claim = async (page) => {
    for (let i = 0; i < 120; i++) {
      const answers = await Promise.all(
        Object.values(ids).map((id) => page.request.get(`${address}/api/v1/reports/${id}/claims`)),
      );
      if (answers.every((a) => a.ok())) {
        const lists = await Promise.all(answers.map(async (a) => (await a.json()).claims.map((c) => c.claim)));
        const both = lists[0].find((c) => lists[1].some((d) => d.id === c.id));
        if (both) return both;
      }
      await page.waitForTimeout(500);
    }
    throw new Error("no claim has statements of both texts");
  };

  it("stand as contested where one asserts and another denies, each word a click from its text", async () => {
    const page = await open(browser);
    await signIn(page, person.login);
    const { id } = await claim(page);
    await page.goto(`${address}/claims?q=suhail`);
    await page.click('[data-choose-status="CONTESTED"]');
    await page.locator(`[data-claim="${id}"] a`).first().click();
    await page.waitForSelector(`[data-claim-page="${id}"]`);
    await page.locator("[data-said]").nth(1).waitFor();
    assert.match(
      await page
        .locator("[data-said]")
        .allTextContents()
        .then((all) => all.join(" ")),
      /denies/,
    );
    assert.match(await page.locator("[data-roots]").textContent(), /Against it/);
    assert.match(await page.locator("[data-claim-grade]").textContent(), /proposed by rule \d/);
    const words = page.locator('[data-said] a[href*="/reports/"]').first();
    await words.click();
    await page.waitForSelector("[data-statement]");
    assert.match(page.url(), /#said-\d+$/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("are graded by a person beside what the rules propose", async () => {
    const page = await open(browser);
    await signIn(page, person.login);
    const { id } = await claim(page);
    await page.goto(`${address}/claims/${id}`);
    await page.click("[data-claim-grade] details > summary");
    await page.check('[data-claim-grade] input[name="credibility"][value="4"]', { force: true });
    await page.fill("[data-claim-grade] textarea", "The owner was at sea.");
    await page.click("[data-claim-grade] button[type=submit]");
    await page.locator("[data-claim-grade] ol li", { hasText: "The owner was at sea." }).waitFor();
    await page.context().close();
  });

  it("are put right by a person: a statement becomes a claim of its own, and why is kept", async () => {
    const page = await open(browser);
    await signIn(page, person.login);
    const { id } = await claim(page);
    await page.goto(`${address}/claims/${id}`);
    await page.locator("[data-said] input[type=checkbox]").first().check();
    await page.click("[data-correct] > summary");
    await page.locator("[data-correct] input").last().fill("Another barge.");
    await page.click("[data-correct] button[type=submit]");
    await page.waitForFunction((old) => !location.pathname.endsWith(old), id);
    await page.locator("[data-edits]", { hasText: "Another barge." }).waitFor();
    assert.equal(await page.locator("[data-said]").count(), 1);
    await page.context().close();
  });
});
