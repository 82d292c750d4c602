// Those who meet Kinfold by a link or lose it: a teacher fills in one part, a parent reads their own copy and never the
// address, a link that is passed on shows nothing, and somebody whose account has ended learns nothing. At phone size.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, noJs, openBrowser, shot, signIn, startServer, stopServer, submit } from "./harness.mjs";

const width = 320;

/** A day as a date input takes it, so many days from now. */
async function enterDay(page, name, days) {
  const day = new Date();
  day.setDate(day.getDate() + days);
  await page.fill(`input[name="${name}-day"]`, `${day.getDate()}`);
  await page.fill(`input[name="${name}-month"]`, `${day.getMonth() + 1}`);
  await page.fill(`input[name="${name}-year"]`, `${day.getFullYear()}`);
}

/** The review that is called and not held yet of a child of whoever is signed in. */
async function calledReview(page) {
  await page.goto("/");
  const links = await page.locator('main a[href^="/children/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  for (const child of new Set(links.map((href) => href.split("/").slice(0, 3).join("/")))) {
    await page.goto(`${child}/reviews`);
    if (await page.getByRole("button", { name: "Call a review" }).count()) return child;
  }
  throw new Error("every child has a review called");
}

/** Gives the code that an invented council shows, and is let in. */
async function giveCode(page, link) {
  await page.goto(link);
  await submit(page, "Send me the code");
  await page.fill('input[name="code"]', (await page.locator(".govuk-inset-text strong").innerText()).trim());
  await submit(page, "Continue");
}

for (const db of ["sqlite", "postgres"]) {
  describe(`partners and those who may not, on ${db}`, () => {
    let server;
    let browser;
    let officer;
    let child;
    let review;

    const look = async (page, name) => {
      if (db !== "sqlite") return;
      await shot(page, `partners-${name}`);
      await assertAccessible(page, name);
    };

    before(async () => {
      server = await startServer({ db, children: 40 });
      browser = await openBrowser();
      officer = await noJs(browser, { url: server.url });
      await signIn(officer, server, "reviewing-officer");
      child = await calledReview(officer);
      await officer.goto(`${child}/reviews/call`);
      await enterDay(officer, "on", 14);
      await enterDay(officer, "parts_by", 7);
      await submit(officer, "Call the review");
      review = new URL(officer.url()).pathname;
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("a teacher fills in their part by a link, and nobody to whom it is passed on sees anything", async () => {
      await officer.goto(`${review}/change`);
      await officer.fill('input[name="name"]', "Mx Orme");
      await officer.selectOption('select[name="role"]', "designated_teacher");
      await enterDay(officer, "due", 7);
      await submit(officer, "Ask them");
      const row = officer.getByRole("row").filter({ hasText: "Mx Orme" });
      await officer.goto(await row.getByRole("link", { name: /Open or send a link/ }).getAttribute("href"));
      await officer.getByRole("link", { name: /^Ask somebody/ }).first().click();
      await officer.fill('input[name="name"]', "Mx Orme");
      await officer.fill('input[name="email"]', "orme@school.example");
      await submit(officer, "Send the link");
      const link = await officer.getByRole("link", { name: "open it as who was asked" }).getAttribute("href");
      const teacher = await noJs(browser, { url: server.url, width });
      await giveCode(teacher, link);
      await look(teacher, "teacher");
      await teacher.getByRole("button", { name: "Start" }).click();
      await teacher.waitForLoadState("load");
      await teacher.locator("main textarea, main input[type=text]").first().waitFor();
      await look(teacher, "teacher-question");
      const words = await teacher.locator("main").innerText();
      // Passed on: another browser sees that something is asked, and no word of what.
      const other = await noJs(browser, { url: server.url, width });
      await other.goto(link);
      const shown = await other.locator("main").innerText();
      assert.match(shown, /send a code to o…@school\.example/);
      assert.ok(!shown.includes(words.split("\n")[0]), "the section shows before the code");
      await other.goto(new URL(teacher.url()).pathname);
      assert.match(await other.locator("main").innerText(), /send a code|code to/);
      await other.context().close();
      await teacher.context().close();
    });

    test("a health summary is looked at, sent by a link, read by one person, and taken back", async () => {
      const nurse = await noJs(browser, { url: server.url });
      await signIn(nurse, server, "designated-nurse");
      await nurse.goto(`${child}/health/summary?recipient=gp`);
      await nurse.getByRole("link", { name: "Send this to somebody outside by a link" }).click();
      await nurse.getByText("exactly what they will read").waitFor();
      await nurse.getByRole("heading", { name: "What was taken out, and why" }).waitFor();
      await look(nurse, "preview");
      await nurse.fill('input[name="name"]', "Dr Vale");
      await nurse.fill('input[name="email"]', "vale@surgery.example");
      await nurse.fill('textarea[name="why"]', "She is the new doctor.");
      const send = nurse.getByRole("button", { name: /Send the link|Ask for its release/ });
      assert.equal(await send.innerText(), "Send the link", "nothing in it is sensitive");
      await submit(nurse, "Send the link");
      const link = await nurse.getByRole("link", { name: "open it as its reader" }).getAttribute("href");
      const doctor = await noJs(browser, { url: server.url, width });
      await giveCode(doctor, link);
      await doctor.getByText("For Dr Vale alone").waitFor();
      await look(doctor, "copy");
      const other = await noJs(browser, { url: server.url, width });
      await other.goto(link);
      assert.doesNotMatch(await other.locator("main").innerText(), /alone|About/, "the link alone opens nothing");
      await other.context().close();
      await nurse.goto(`${child}/sending`);
      await look(nurse, "sending");
      assert.match(await nurse.getByRole("row").filter({ hasText: "Dr Vale" }).innerText(), /Once, on/);
      await nurse.getByRole("row").filter({ hasText: "Dr Vale" }).getByRole("link").click();
      await submit(nurse, "Take it back");
      await doctor.goto(link);
      assert.match(await doctor.locator("main").innerText(), /This link is over/);
      await doctor.context().close();
      await nurse.context().close();
    });

    test("somebody whose account has ended is told nothing, by their password, their calendar or an old page", async () => {
      const adviser = await noJs(browser, { url: server.url, width });
      const who = await signIn(adviser, server, "personal-adviser");
      await adviser.goto("/account/calendar");
      await submit(adviser, "Make a link");
      const feed = /\/feeds\/\S+\.ics/.exec(await adviser.locator("main").innerText())[0];
      assert.equal((await adviser.request.get(`${server.url}${feed}`)).status(), 200);
      const admin = await noJs(browser, { url: server.url });
      await signIn(admin, server, "administrator");
      await admin.goto("/admin");
      await admin.fill('main input[name="words"]', who.email);
      await submit(admin);
      await admin.locator('main table a[href^="/admin/people/"]').first().click();
      await submit(admin, "Switch off");
      await admin.context().close();
      // The page that was open, the calendar, the child, the way in: each says what it says to a stranger.
      await adviser.goto("/");
      assert.match(new URL(adviser.url()).pathname, /^\/sign-in/);
      assert.equal((await adviser.request.get(`${server.url}${feed}`)).status(), 404);
      await adviser.goto(child);
      assert.match(new URL(adviser.url()).pathname, /^\/sign-in/);
      await adviser.goto("/sign-in");
      await adviser.fill('input[name="email"]', who.email);
      await adviser.fill('input[name="password"]', who.password);
      await submit(adviser);
      const known = await adviser.locator("main").innerText();
      await adviser.goto("/sign-in");
      await adviser.fill('input[name="email"]', "nobody@nowhere.example");
      await adviser.fill('input[name="password"]', who.password);
      await submit(adviser);
      assert.equal((await adviser.locator("main").innerText()).replace("nobody@nowhere.example", who.email), known, "an ended account answers as none");
      await look(adviser, "ended");
      await adviser.context().close();
    });
  });
}
