import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { address, launch, oneOfEach, open, partner, signIn, skip } from "./centre.mjs";

const run = Date.now().toString(36);

// Two rows of an event table by its column names, one with a figure and one without.
const table = [
  "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,location,latitude,longitude,geo_precision,source,notes,fatalities",
  `IRQ${run}1,2015-09-26,2,Battles,Armed clash,Probe Forces,Other Forces,368,Iraq,Ramadi,33.4258,43.2992,1,Probe Wire,A bridge was fought for.,12`,
  `IRQ${run}2,2015-09-27,1,Protests,Peaceful protest,Probe Marchers,,368,Iraq,Baghdad,33.3152,44.3661,1,Probe Wire,Several hundred marched.,`,
].join("\n");

const track = (uid, callsign, minutes) => {
  const time = new Date().toISOString();
  const stale = new Date(Date.now() + minutes * 60_000).toISOString();
  return `<event version="2.0" uid="${uid}" type="a-n-G-E-V" time="${time}" start="${time}" stale="${stale}" how="m-g"><point lat="33.3" lon="44.4" hae="30" ce="10" le="9999999"/><detail><contact callsign="${callsign}"/></detail></event>`;
};

describe("what a partner sends", { skip, concurrency: 1 }, () => {
  let browser;
  let analyst;
  let sender;
  before(async () => {
    browser = await launch();
    [analyst] = await oneOfEach();
    sender = await partner(analyst.member, `Sender ${run}`);
  });
  after(() => browser?.close());

  it("as event rows stands on the map's layer and in its list, with precision, figures and source", async () => {
    const told = await sender.deliver(table);
    assert.equal(told.events, 2);
    const page = await open(browser);
    await signIn(page, analyst.login);
    await page.goto(`${address}/?at=44,33,5`);
    await page.locator('[data-layer="events"]').check();
    await page.waitForURL(/layers=reports,events/);
    await page.locator('[data-tab="events"]').click();
    const clash = page.locator(`[data-event="IRQ${run}1"]`);
    await clash.waitFor();
    assert.match(await clash.textContent(), /Armed clash.*within the week.*Ramadi.*Killed 12/s);
    const march = page.locator(`[data-event="IRQ${run}2"]`);
    assert.match(await march.textContent(), /Killed.*which is not zero/s);
    await clash.locator("button").click();
    const detail = page.locator("[data-detail]");
    await detail.waitFor();
    assert.match(await detail.textContent(), /Probe Forces.*Other Forces/s);
    assert.match(await detail.textContent(), new RegExp(`Sender ${run}.*Probe Wire`, "s"));
    assert.match(await detail.textContent(), /Use of this data/);
    await page.keyboard.press("Escape");
    await detail.waitFor({ state: "detached" });
    await page.locator("aside select").selectOption("protest");
    await page.waitForURL(/category=protest/);
    await clash.waitFor({ state: "detached" });
    await page.locator('[data-layer="reports"]').uncheck();
    await page.waitForURL((url) => url.searchParams.get("layers") === "events");
    await page.reload();
    await march.waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("as positions is drawn and listed until it is stale", async () => {
    await sender.deliver(track(`truck-${run}`, `Truck ${run}`, 30));
    const page = await open(browser);
    await signIn(page, analyst.login);
    await page.goto(`${address}/?layers=positions&at=44,33,5`);
    const line = page.locator(`[data-track="truck-${run}"]`);
    await line.waitFor();
    assert.match(await line.textContent(), /Truck.*on the ground.*neutral.*38S/s);
    // The browser's clock goes past the time to which the sender vouched for it.
    await page.clock.install({ time: Date.now() + 31 * 60_000 });
    await page.reload();
    await page.getByText("No position in view").waitFor();
    assert.equal(await line.count(), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it("as a document with attachments shows what came with it, and loads nothing of it", async () => {
    const [note, table] = [`Detour ${run} by way of Rumaitha`, `Hours of the ferry ${run}`];
    await sender.deliver({
      documents: [
        {
          ...{ id: `n-${run}`, title: note, text: "The bridge at Samawah is closed. Lorries go by way of Rumaitha." },
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                ...[
                  [45.1, 31.2],
                  [45.5, 31.2],
                  [45.5, 31.5],
                ],
                [45.1, 31.2],
              ],
            ],
          },
          enclosures: [{ url: "https://files.example/plan.pdf", media_type: "application/pdf", length: 482133 }],
          properties: { a: "1", b: "2", c: "3", d: "4", e: "5", f: "6", g: "The seventh" },
        },
        { id: `t-${run}`, part_of: `n-${run}`, title: table, text: "From six to six, the ferry office says." },
        {
          ...{ id: `w-${run}`, title: `Fares double ${run}`, text: "Fares at the ferry double from today." },
          withdrawn: "The fares do not change.",
        },
      ],
    });
    const page = await open(browser);
    const foreign = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(address) && !/^(blob|data):/.test(request.url())) foreign.push(request.url());
    });
    await signIn(page, analyst.login);
    await page.goto(`${address}/search?q="${note}"`);
    for (let i = 0; i < 20 && (await page.locator("[data-item] a").count()) === 0; i++) {
      await page.waitForTimeout(500); // it is processed a moment after it was taken
      await page.reload();
    }
    await page.locator("[data-item] a").first().click();
    await page.waitForSelector("article h1");
    const properties = page.locator("[data-properties]");
    assert.equal(await properties.locator("tr").count(), 6);
    await properties.locator("button").click();
    await properties.getByText("The seventh").waitFor();
    const file = page.locator("[data-enclosures] a");
    assert.match(await file.getAttribute("rel"), /noreferrer/);
    assert.match(await page.locator("[data-enclosures]").textContent(), /application\/pdf 482/);
    await page.getByText("The area that the source itself gives").waitFor();
    await page.locator("[data-parts] a", { hasText: table }).click();
    await page.locator("[data-partof] a", { hasText: note }).waitFor();
    assert.deepEqual(foreign, [], "nothing is asked of anybody but the centre");

    await page.goto(`${address}/search?q="Fares double ${run}"`);
    const item = page.locator("[data-item]").first();
    await item.locator("[data-withdrawn]").waitFor();
    assert.match(await item.locator("h2 a").evaluate((a) => getComputedStyle(a).textDecorationLine), /line-through/);
    await item.locator("a").first().click();
    await page.locator("article [data-withdrawn]", { hasText: "The fares do not change." }).waitFor();
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});
