import assert from "node:assert/strict";
import http from "node:http";
import { after, before, describe, it } from "node:test";
import { address, asAdministrator, launch, oneOfEach, open, partner, signIn, skip } from "./centre.mjs";

const sentences = [
  "عبّارة السماوة انتقلت إلى الضفة الأخرى من الفرات يوم الاثنين، كما أعلنت إدارة الميناء.",
  "كان الطقس بارداً على الذين حضروا إلى المرسى في ساعات الصباح الأولى.",
  "وقالت إدارة الميناء إن مياه الفرات جرفت مرسى العبّارة القديم خلال الليل.",
  "وباع أحدهم الشاي للذين انتظروا دورهم على جانب الطريق الترابي.",
  "وستبقى العبّارة على الضفة الأخرى إلى أن تنخفض مياه الفرات، بحسب إدارة الميناء.",
  "ووصلت من النجف ثلاث شاحنات محملة بالبصل ثم عادت قبل الظهر من حيث أتت.",
  "وقال سائقوها إنهم سمعوا بالتغيير من راعٍ صادفوه على الطريق.",
  "ولم يفكر أحد في وضع لافتة عند الموضع الذي يغادر فيه الطريق المدينة.",
  "ودلّ أطفال الحي المسافرين على المرسى الجديد مقابل قطعة نقود أو تفاحة.",
  "وتنتظر إدارة الميناء مهندسين من البصرة لقياس عمق النهر قبل نهاية الأسبوع.",
];

/** A translation provider that speaks LibreTranslate's API, for as long as the tests run. */
function translator() {
  const server = http.createServer((request, answer) => {
    let body = "";
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      const { q, target } = JSON.parse(body);
      answer.setHeader("Content-Type", "application/json");
      answer.end(JSON.stringify({ translatedText: q.map((_, i) => `${target} sentence ${i + 1}.`) }));
    });
  });
  return new Promise((ready) => {
    server.listen(Number(process.env.ENTENTE_TRANSLATOR), "127.0.0.1", () => ready(server));
  });
}

const without = skip || !process.env.ENTENTE_TRANSLATOR ? skip || "ENTENTE_TRANSLATOR names no port" : false;

describe("reading a report", { skip: without, concurrency: 1 }, () => {
  let browser;
  let provider;
  let report;
  const member = "IRQ";
  before(async () => {
    [browser, provider] = await Promise.all([launch(), translator()]);
    const { deliver } = await partner(member, `Reading room ${Date.now()}`, "UNCLASSIFIED//REL TO IRQ, IRN, RUS, SYR");
    const told = await deliver({ id: "ferry", title: "العبّارة على الضفة الأخرى", text: sentences.join(" ") });
    report = told.receipts[0].document;
    assert.ok(report, JSON.stringify(told));
  });
  after(async () => {
    await browser?.close();
    provider?.close();
  });

  const reading = async (page) => {
    for (let i = 0; i < 60; i++) {
      if ((await page.request.get(`${address}/api/v1/reports/${report}`)).ok()) break;
      await page.waitForTimeout(500);
    }
    await page.goto(`${address}/reports/${report}`);
    await page.waitForSelector("article h1");
  };

  it("is summed up in its own sentences, and a click shows where they stand", async () => {
    const person = (await oneOfEach()).find((p) => p.member === member);
    const page = await open(browser);
    await signIn(page, person.login);
    await reading(page);
    const lines = page.locator("[data-digest] ol button");
    await lines.first().waitFor();
    const first = (await lines.first().textContent()).trim();
    assert.ok(sentences.includes(first), `${first} is no sentence of the text`);
    await lines.first().click();
    assert.equal((await page.locator("[data-focus]").allTextContents()).join("").trim(), first);
    assert.match(await page.locator("[data-digest]").textContent(), /Samawah/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("says why it was read so", async () => {
    const person = (await oneOfEach()).find((p) => p.member === member);
    const page = await open(browser);
    await signIn(page, person.login);
    await reading(page);
    await page.click("[data-why] > summary");
    await page.locator("[data-why] li button").first().waitFor();
    assert.match(await page.locator("[data-why]").textContent(), /place \d+/);
    await page.context().close();
  });

  it("is translated once its originator consents, sentence by sentence beside its source", async () => {
    const person = (await oneOfEach()).find((p) => p.member === member);
    const { administrator } = await asAdministrator(member);
    const page = await open(browser);
    await signIn(page, person.login);
    await reading(page);
    await page.click("[data-translate]");
    assert.match(await page.locator("[role=alert]").first().textContent(), /IRQ has not consented/);
    await page.context().close();

    const office = await open(browser);
    await signIn(office, administrator.login);
    await office.goto(`${address}/centre`);
    await office.fill("[data-form=consent] input", "Public news alone.");
    await office.click("[data-form=consent] button[type=submit]");
    await office.waitForSelector(`[data-consent=${member}]`);
    await office.context().close();

    const again = await open(browser);
    await signIn(again, person.login);
    await reading(again);
    await again.click("[data-translate]");
    const translated = again.locator("[data-translated] span");
    await translated.nth(1).waitFor();
    await translated.nth(1).hover();
    assert.equal((await again.locator("[data-focus]").allTextContents()).join("").trim(), sentences[0]);
    assert.match(await again.locator("[role=note]").first().textContent(), /libretranslate at 127\.0\.0\.1/);
    assert.deepEqual(again.complaints, []);
    await again.context().close();
  });
});
