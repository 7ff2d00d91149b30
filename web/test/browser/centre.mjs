// The centre in a real browser. These run against the demo, whose address is
// in ENTENTE_URL; Chromium is at CHROMIUM, or where Debian puts it.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

export const address = process.env.ENTENTE_URL ?? "";
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why the browser tests cannot run here, or false. */
export const skip = !address
  ? "ENTENTE_URL names no running demo"
  : existsSync(executablePath)
    ? false
    : `there is no Chromium at ${executablePath}`;

export const launch = () =>
  chromium.launch({
    executablePath,
    args: [
      ...["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"],
      ...["--disable-component-update", "--disable-sync"],
      ...["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
    ],
  });

/** Whom the sign-in page offers, by the role that sets them apart: one of each member. */
export async function oneOfEach(role = "analyst") {
  const people = await (await fetch(`${address}/api/v1/demo/persons`)).json();
  return [...new Map(people.filter((p) => p.roles.at(-1) === role).map((p) => [p.member, p])).values()];
}

/**
 * A page of its own context, in a language and scheme. What goes wrong in it is
 * kept in page.complaints: the console's errors and uncaught exceptions.
 */
export async function open(browser, { language = "en", scheme = "light", width = 1440, height = 900 } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  await context.addInitScript(
    ([l, s]) => {
      localStorage.setItem("entente.scheme", s);
      if (localStorage.getItem("entente.language") === null) localStorage.setItem("entente.language", l);
    },
    [language, scheme],
  );
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  return page;
}

/** Signs in by the card of a person. */
export async function signIn(page, login) {
  await page.goto(address);
  await page.click(`[data-login="${login}"]`);
  await page.waitForSelector("nav");
}

/** The first story that has arrived, and the first report. */
export async function something(page) {
  for (let i = 0; i < 120; i++) {
    const [stories, reports] = await Promise.all(
      ["stories", "reports"].map(
        async (name) => (await (await page.request.get(`${address}/api/v1/${name}`)).json())[name],
      ),
    );
    if (stories?.[0] && reports?.[0]) return { story: stories[0], report: reports[0] };
    await page.waitForTimeout(500); // the demo's reports arrive over a minute
  }
  throw new Error("nothing has arrived in the demo within a minute");
}

/** Speaks to the API as the administrator of a member. */
export async function asAdministrator(member) {
  const administrator = (await oneOfEach("administrator")).find((person) => person.member === member);
  const send = (path, body, headers = {}) =>
    fetch(`${address}/api/v1${path}`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...headers },
    });
  const session = await send("/demo/session", { login: administrator.login });
  const Cookie = session.headers.getSetCookie()[0].split(";")[0];
  return {
    administrator,
    post: (path, body = {}, headers = {}) => send(path, body, { Cookie, ...headers }),
  };
}

/** Makes a source of a member that a partner sends to, and says how to send. */
export async function partner(member, name, marking) {
  const { post } = await asAdministrator(member);
  const source = await (await post("/sources", { kind: "push", address: "", name, marking })).json();
  const keys = await (await post(`/sources/${source.id}/keys`)).json();
  const deliver = async (body) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const headers = { Authorization: `Bearer ${keys.token}`, "Content-Type": "application/octet-stream" };
    const answer = await fetch(address + keys.intake, { method: "POST", body: text, headers });
    const told = await answer.json();
    if (!answer.ok) throw new Error(`not taken: ${JSON.stringify(told)}`);
    return told;
  };
  return { source, deliver };
}

/** Brings a text into the centre as the administrator of a member, through the API. */
export async function bring(member, title, text) {
  const { post } = await asAdministrator(member);
  const answer = await post(`/imports?name=${encodeURIComponent(title)}.txt`, `${title}\n\n${text}`, {
    "Content-Type": "application/octet-stream",
  });
  const lines = (await answer.text()).trim().split("\n");
  if (!JSON.parse(lines.at(-1)).done) throw new Error(`the text was not taken: ${lines.at(-1)}`);
}
