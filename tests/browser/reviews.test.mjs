// A review in which everyone is heard: called, a part filled in by somebody outside and by a parent, decided, written down,
// sent, read by the parent as far as it is theirs; a dispute that only the reviewing officer closes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, noJs, openBrowser, shot, sidewaysOverflow, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

/** Looks at a page at both widths. */
async function look(page, name) {
  for (const width of sizes) {
    await page.setViewportSize({ width, height: 900 });
    await assertAccessible(page);
    assert.equal(await sidewaysOverflow(page), 0, `${name} at ${width}`);
    await shot(page, `reviews-${name}-${width}`);
  }
}

/** A day as a date input takes it, so many days from now. */
async function enterDay(page, name, days) {
  const day = new Date();
  day.setDate(day.getDate() + days);
  await page.fill(`input[name="${name}-day"]`, `${day.getDate()}`);
  await page.fill(`input[name="${name}-month"]`, `${day.getMonth() + 1}`);
  await page.fill(`input[name="${name}-year"]`, `${day.getFullYear()}`);
}

/** Answers every question of a section, page by page. */
async function fillSection(page, within) {
  for (let step = 0; step < 20 && within.test(page.url()); step += 1) {
    for (const field of await page.locator("main textarea").all()) {
      if ((await field.isVisible()) && !(await field.inputValue())) await field.fill("We ride our bicycles together, and there is always a laugh.");
    }
    const choice = page.locator("main input[type=radio]").first();
    if (await choice.count()) await choice.check();
    await submit(page, "Save and continue");
  }
}

/** A child in whose circle the person stands and for whom no review is called. */
async function childWithoutReview(page) {
  await page.goto("/");
  const links = await page.locator('main a[href^="/children/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const children = [...new Set(links.map((href) => href.split("/").slice(0, 3).join("/")))];
  for (const child of children) {
    await page.goto(`${child}/reviews`);
    if (await page.getByRole("button", { name: "Call a review" }).count()) return child;
  }
  throw new Error("every child has a review called");
}

for (const db of ["sqlite", "postgres"]) {
  describe(`reviews, on ${db}`, () => {
    let server;
    let browser;
    let officer;
    let child;
    let review;
    before(async () => {
      server = await startServer({ db, children: 40 });
      browser = await openBrowser();
      officer = await noJs(browser, { url: server.url });
      await signIn(officer, server, "reviewing-officer");
      child = await childWithoutReview(officer);
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    /** Opens a link on a small telephone and gives the code. */
    const byLink = async (link) => {
      const page = await noJs(browser, { url: server.url, width: 320 });
      await page.goto(link);
      await submit(page, "Send me the code");
      await page.fill('input[name="code"]', (await page.locator(".govuk-inset-text strong").innerText()).trim());
      await submit(page, "Continue");
      return page;
    };

    test("a review is called, and nobody is left out without a reason", async () => {
      const page = officer;
      await look(page, `list-${db}`);
      await page.goto(`${child}/reviews/call`);
      await look(page, `call-${db}`);
      await page.locator('input[name^="ask-"][value="no"]').first().check();
      await submit(page, "Call the review");
      assert.match(await page.title(), /^Error/);
      assert.match(await page.locator("main").innerText(), /Choose why they are not asked/);
      await look(page, `call-wrong-${db}`);
      await page.locator('input[name^="ask-"][value="yes"]').first().check();
      await enterDay(page, "on", 14);
      await enterDay(page, "parts_by", 7);
      await page.selectOption('select[name="place"]', "outside");
      await page.fill('input[name="detail"]', "The café in the park");
      await submit(page, "Call the review");
      review = new URL(page.url()).pathname;
      assert.match(await page.locator("main").innerText(), /The café in the park/);
      assert.doesNotMatch(await page.title(), /café/);
      await look(page, `review-${db}`);
    });

    test("somebody outside fills in their part by a link, which then opens nothing", async () => {
      const page = officer;
      await page.goto(`${review}/change`);
      await look(page, `change-${db}`);
      await page.fill('input[name="name"]', "Alex Moss");
      await page.selectOption('select[name="role"]', "other");
      await enterDay(page, "due", 7);
      await submit(page, "Ask them");
      const row = page.getByRole("row").filter({ hasText: "Alex Moss" });
      const form = await row.getByRole("link", { name: /Open or send a link/ }).getAttribute("href");
      await page.goto(`${form}/ask/views`);
      await page.fill('input[name="name"]', "Alex Moss");
      await page.fill('input[name="email"]', "alex.moss@club.example");
      await submit(page, "Send the link");
      const link = await page.getByRole("link", { name: "open it as who was asked" }).getAttribute("href");
      const outside = await noJs(browser, { url: server.url });
      await outside.goto(link);
      assert.doesNotMatch(await outside.locator("main").innerText(), /café|Alex/, "a forwarded link shows nothing");
      await submit(outside, "Send me the code");
      const code = (await outside.locator(".govuk-inset-text strong").innerText()).trim();
      await outside.fill('input[name="code"]', code);
      await submit(outside, "Continue");
      await outside.getByRole("button", { name: "Start" }).click();
      await outside.waitForLoadState("load");
      await look(outside, `outside-${db}`);
      await fillSection(outside, /\/sections\//);
      await submit(outside, "Send it back");
      await outside.goto(link);
      assert.match(await outside.locator("main").innerText(), /sent this back/);
      await outside.context().close();
      await page.goto(review);
      await submit(page, "File the part that came back");
      const mine = await page.getByRole("row").filter({ hasText: "Alex Moss" }).innerText();
      assert.match(mine, /Received/);
    });

    test("a parent fills in their part on a small telephone and is shown nothing else", async () => {
      const page = officer;
      await page.goto(`${review}/change`);
      await page.fill('input[name="name"]', "Dana Pell");
      await page.selectOption('select[name="role"]', "parent");
      await enterDay(page, "due", 7);
      await submit(page, "Ask them");
      const row = page.getByRole("row").filter({ hasText: "Dana Pell" });
      const form = await row.getByRole("link", { name: /Open or send a link/ }).getAttribute("href");
      await page.goto(`${form}/ask/views`);
      await page.fill('input[name="name"]', "Dana Pell");
      await page.fill('input[name="email"]', "dana@home.example");
      await submit(page, "Send the link");
      const link = await page.getByRole("link", { name: "open it as who was asked" }).getAttribute("href");
      const parent = await byLink(link);
      await parent.getByRole("button", { name: "Start" }).click();
      await parent.waitForLoadState("load");
      await fillSection(parent, /\/sections\//);
      await assertAccessible(parent, "a parent's answers");
      await shot(parent, `reviews-parent-part-320-${db}`);
      await submit(parent, "Send it back");
      for (const address of [child, `${child}/reviews`, review, form]) {
        await parent.goto(address);
        assert.match(new URL(parent.url()).pathname, /^\/sign-in/, `${address} opens by the link`);
      }
      await parent.context().close();
      await page.goto(review);
      await submit(page, "File the part that came back");
    });

    test("decisions become duties, the record is drafted and agreed, and a copy is looked over before it is sent", async () => {
      const page = officer;
      await page.goto(`${review}/meeting`);
      await look(page, `meeting-${db}`);
      await page.fill('textarea[name="text"]', "Swimming every Saturday");
      await page.selectOption('select[name="owner"]', "social_worker");
      await enterDay(page, "by", 20);
      await submit(page, "Record the decision");
      assert.match(await page.locator("main").innerText(), /Swimming every Saturday/);
      const under = await page.locator('input[name="participation"]').evaluateAll((all) => all.map((one) => one.value));
      assert.ok(under.includes("PN1"));
      for (const [name, value] of [["alone", "yes"], ["meeting", "yes"], ["adjourned", "no"]]) await page.check(`input[name="${name}"][value="${value}"]`);
      await page.check('input[name="participation"][value="PN1"]');
      await submit(page, "Finish the review");
      if (/^Error/.test(await page.title())) {
        // The child is under four.
        await page.check('input[name="participation"][value="PN0"]');
        await submit(page, "Finish the review");
      }
      await look(page, `held-${db}`);
      await submit(page, "Draft the record");
      const form = new URL(page.url()).pathname;
      for (const section of ["meeting", "child", "life", "health", "others", "decisions", "plain"]) {
        await page.goto(`${form}/sections/${section}`);
        const first = page.locator(`main a[href*="/sections/${section}/"]`).first();
        if (await first.count()) await first.click();
        await page.waitForLoadState("load");
        await fillSection(page, new RegExp(`/sections/${section}/`));
      }
      await page.goto(`${form}/check`);
      await look(page, `record-${db}`);
      await submit(page, "Submit");
      await page.goto(review);
      await look(page, `agreed-${db}`);
      await page.getByRole("link", { name: /Look at the copy/ }).first().click();
      await page.getByRole("heading", { level: 1, name: "Record of the review" }).waitFor();
      await look(page, `copy-${db}`);
      await submit(page, "This copy is ready");
      await submit(page, "It is sent");
      assert.match(await page.locator("main").innerText(), /Sent/);
    });

    test("a parent reads their own copy by a link: neither the home nor what the child said for others", async () => {
      const page = officer;
      await page.goto(`${child}/chronology`);
      const record = await page.locator("main").innerText();
      const postcodes = new Set(record.match(/\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b/g) ?? []);
      await page.goto(review);
      await page.getByRole("row").filter({ hasText: "Dana Pell" }).getByRole("link", { name: /Look at the copy/ }).click();
      await submit(page, "This copy is ready");
      await page.getByRole("link", { name: "Send it by a link" }).click();
      await page.getByText("exactly what they will read").waitFor();
      const taken = await page.locator("main").innerText();
      assert.match(taken, /taken out/, "what was taken out is named to whoever sends it");
      await page.fill('input[name="name"]', "Dana Pell");
      await page.fill('input[name="email"]', "dana@home.example");
      await page.fill('textarea[name="why"]', "She was asked.");
      const button = page.getByRole("button", { name: /Send the link|Ask for its release/ });
      assert.equal(await button.innerText(), "Send the link", "nothing in a parent's copy is sensitive by default");
      await submit(page, "Send the link");
      const link = await page.getByRole("link", { name: "open it as its reader" }).getAttribute("href");
      const parent = await byLink(link);
      await parent.getByText("For Dana Pell alone").waitFor();
      await assertAccessible(parent, "a parent's copy");
      await shot(parent, `reviews-parent-copy-320-${db}`);
      const read = await parent.locator("body").innerText();
      for (const postcode of postcodes) assert.ok(!read.includes(postcode), `the copy says ${postcode}`);
      assert.doesNotMatch(read, /In their own space|What was taken out/, "what is kept from her is not even named");
      for (const address of [child, review, `${child}/circle`]) {
        await parent.goto(address);
        assert.match(new URL(parent.url()).pathname, /^\/sign-in/, `${address} opens by the link`);
      }
      await parent.context().close();
    });

    test("the team answers a dispute and cannot settle it; somebody who does not know the child learns nothing", async () => {
      const page = officer;
      await page.goto(`${child}/reviews`);
      if (await page.getByRole("link", { name: "Raise a dispute formally" }).count()) {
        await page.goto(`${child}/dispute/formal`);
        await look(page, `dispute-${db}`);
        await page.fill('textarea[name="text"]', "There has been no plan for school since May.");
        await submit(page, "Raise it formally");
      }
      await look(page, `disputed-${db}`);
      await page.goto("/reviews/year?list=held");
      await page.getByRole("heading", { level: 1, name: /Report of reviews/ }).waitFor();
      await look(page, `year-${db}`);
      for (const role of ["team-manager", "director"]) {
        const other = await noJs(browser, { url: server.url });
        await signIn(other, server, role);
        for (const step of ["settle", "refer"]) {
          assert.equal((await other.goto(`${child}/dispute/${step}`)).status(), 404, `${role} ${step}`);
        }
        await other.context().close();
      }
      const teacher = await noJs(browser, { url: server.url });
      await signIn(teacher, server, "designated-teacher");
      const known = await teacher.goto(child);
      if (known.status() === 404) assert.equal((await teacher.goto(review)).status(), 404);
      const analyst = await noJs(browser, { url: server.url });
      await signIn(analyst, server, "administrator");
      assert.equal((await analyst.goto(review)).status(), 404);
      assert.equal((await analyst.goto(`${child}/reviews`)).status(), 404);
      await analyst.context().close();
      await teacher.context().close();
    });
  });
}
