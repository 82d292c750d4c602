// Children at phone size and without scripts: they land in their own space, say something, choose who reads it, read it back
// and send it; a carer who was not chosen finds nothing. A ten-year-old is given a space, with a part that is closed to them
// for now, and hears back; a young person of sixteen leads their own review and asks who looked.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const pages = ["", "/say", "/say/words?topic=worry", "/said", "/help-now", "/people", "/plan", "/review", "/decisions", "/health", "/rights", "/things", "/looked"];

/** A day as a date input takes it, so many days from now. */
async function enterDay(page, name, days, years = 0) {
  const day = new Date();
  day.setDate(day.getDate() + days);
  await page.fill(`input[name="${name}-day"]`, `${day.getDate()}`);
  await page.fill(`input[name="${name}-month"]`, `${day.getMonth() + 1}`);
  await page.fill(`input[name="${name}-year"]`, `${day.getFullYear() + years}`);
}

for (const db of ["sqlite", "postgres"]) {
  describe(`the child's own space (${db})`, () => {
    let server;
    let browser;
    const signedIn = {};

    const pageOf = async (role, make = newPage, options = {}) => {
      const page = await make(browser, { url: server.url, ...options });
      await page.context().addCookies(signedIn[role]);
      return page;
    };

    before(async () => {
      server = await startServer({ db, children: 40 });
      browser = await openBrowser();
      for (const role of ["young-person", "foster-carer", "social-worker", "reviewing-officer", "administrator"]) {
        const page = await newPage(browser, { url: server.url });
        await signIn(page, server, role);
        signedIn[role] = await page.context().cookies();
        await page.context().close();
      }
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    for (const width of sizes) {
      test(`every page is accessible at ${width} px and has a way out`, async () => {
        for (const make of width === 320 ? [noJs, newPage] : [newPage]) {
          const page = await pageOf("young-person", make, { width });
          for (const path of pages) {
            const address = `/me${path}`;
            assert.equal((await page.goto(address)).status(), 200, address);
            const name = path.replace(/\W+/g, "-") || "-home";
            if (db === "sqlite") await shot(page, `me${name}-${width}${make === noJs ? "-plain" : ""}`);
            assert.ok(await page.locator(".govuk-exit-this-page__button").isVisible(), `${address} has no way out`);
            await assertAccessible(page, `${address} at ${width} px`);
          }
          await page.context().close();
        }
      });
    }

    test("a child says something on a small telephone without scripts, and takes a connection that drops", async () => {
      let page = await pageOf("young-person", noJs, { width: 320 });
      await page.goto("/");
      assert.equal(new URL(page.url()).pathname, "/me", "the first page of a child is their own space");
      await page.getByRole("button", { name: "Say something" }).click();
      await page.getByRole("link", { name: "I have a worry" }).click();
      await page.locator("#feeling-4").check();
      await page.fill('textarea[name="text"]', "I can not sleep.\nThe dog next door barks.");
      await submit(page, "Next");
      // The telephone dies here.
      await page.context().close();
      page = await pageOf("young-person", noJs, { width: 320 });
      await page.goto("/me");
      await page.getByRole("link", { name: "Go on with it" }).click();
      assert.equal(await page.inputValue('textarea[name="text"]'), "I can not sleep.\nThe dog next door barks.");
      await submit(page, "Next");
      await page.setInputFiles('input[name="file"]', { name: "dog.gif", mimeType: "image/gif", buffer: Buffer.from("GIF89a\x01\x00\x01\x00\x00\x00\x00;", "latin1") });
      await submit(page, "Add it");
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByText("to keep you safe").first().waitFor();
      if (db === "sqlite") await shot(page, "me-say-who-320-plain");
      await assertAccessible(page, "who can read it");
      await page.locator('input[name="readers"]').first().check();
      await submit(page, "Next");
      if (db === "sqlite") await shot(page, "me-say-check-320-plain");
      await assertAccessible(page, "reading it back");
      await submit(page, "Send it");
      await page.getByText("will write back by").first().waitFor();
      if (db === "sqlite") await shot(page, "me-said-one-320-plain");
      await assertAccessible(page, "what was said");
      await page.context().close();
    });

    test("a child draws a picture with a finger, and without scripts is offered a photo alone", async () => {
      const page = await pageOf("young-person", newPage, { width: 320 });
      await page.goto("/me/say/words?topic=good_news");
      await page.fill('textarea[name="text"]', "I got a bike.");
      await submit(page, "Next");
      await page.getByRole("button", { name: "Draw a picture" }).click();
      const sheet = await page.locator("canvas").boundingBox();
      assert.ok(sheet.x >= 0 && sheet.x + sheet.width <= 320, "the sheet fits on a small telephone");
      await page.mouse.move(sheet.x + 40, sheet.y + 40);
      await page.mouse.down();
      await page.mouse.move(sheet.x + 160, sheet.y + 90, { steps: 5 });
      await page.mouse.up();
      const inked = await page.locator("canvas").evaluate((canvas) => {
        const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return dots.filter((value, at) => at % 4 === 0 && value < 128).length;
      });
      assert.ok(inked > 100, `the finger left ${inked} dots`);
      if (db === "sqlite") {
        await shot(page, "me-drawing-320");
        await assertAccessible(page, "drawing");
      }
      await Promise.all([page.waitForEvent("framenavigated"), page.getByRole("button", { name: "Add my drawing" }).click()]);
      const picture = page.getByRole("img", { name: "Picture 1" });
      await picture.waitFor();
      await page.waitForFunction(() => document.querySelector("main .kf-files__picture").naturalWidth > 0);
      const plain = await pageOf("young-person", noJs, { width: 320 });
      await plain.goto("/me/say/add");
      assert.equal(await plain.getByRole("button", { name: "Draw a picture" }).count(), 0);
      assert.ok(await plain.locator('input[type="file"]').isVisible());
      await plain.context().close();
      await page.context().close();
    });

    test("a carer who was not chosen learns nothing of it", async () => {
      const page = await pageOf("foster-carer");
      for (const address of ["/me", "/me/said", "/me/looked"]) assert.equal((await page.goto(address)).status(), 404, address);
      await page.context().close();
    });

    /** A page of a child, looked at with axe and kept as a picture. */
    const look = async (page, name) => {
      if (db === "sqlite") await shot(page, `me-${name}-320-plain`);
      await assertAccessible(page, name);
    };

    test("a ten-year-old is given a space, is told what is closed for now, says a worry with a face and hears back", async () => {
      const worker = await pageOf("social-worker", noJs, { width: 320 });
      await worker.goto("/children/new");
      await worker.fill('input[name="given_name"]', "Wren");
      await worker.fill('input[name="family_name"]', "Tarrow");
      await enterDay(worker, "date_of_birth", -90, -10);
      await worker.selectOption('select[name="team"]', await worker.locator('select[name="team"] option').nth(1).getAttribute("value"));
      await worker.fill('input[name="key_worker-words"]', account(server, "social_worker").email);
      await submit(worker, "Find");
      await worker.locator('input[name="key_worker"]').first().check();
      await submit(worker, "Add the child");
      const child = new URL(worker.url()).pathname;

      const admin = await pageOf("administrator", noJs);
      await admin.goto("/admin/people/new");
      await admin.fill('input[name="name"]', "Wren Tarrow");
      await admin.fill('input[name="email"]', "wren@home.example");
      await admin.selectOption('select[name="role"]', "young_person");
      await submit(admin, "Add the person");
      await submit(admin, "Give a first password");
      const given = (await admin.locator(".kf-reference").innerText()).trim();
      await admin.context().close();
      await worker.goto(`${child}/circle/add`);
      await worker.fill('input[name="person-words"]', "wren@home.example");
      await submit(worker, "Find");
      await worker.locator('input[name="person"]').first().check();
      await worker.selectOption('select[name="role"]', "young_person");
      await submit(worker, "Add to the circle");
      // Too young to read alone who looked, say those who know Wren; and when they will think about it again.
      await worker.goto(`${child}/record/own_part_closed`);
      await worker.locator('input[name="part"][value="looked"]').check();
      for (const role of ["social_worker", "foster_carer"]) await worker.locator(`input[name="decided_with"][value="${role}"]`).check();
      await worker.fill('textarea[name="reason"]', "Her mother works here. We tell her in person first.");
      await enterDay(worker, "review_on", 28);
      await enterDay(worker, "happened", 0);
      await submit(worker, "Record");

      const page = await noJs(browser, { url: server.url, width: 320 });
      await page.goto("/sign-in");
      await page.fill('input[name="email"]', "wren@home.example");
      await page.fill('input[name="password"]', given);
      await submit(page);
      await page.fill('input[name="code"]', /\b(\d{6})\b/.exec(await page.locator("main").innerText())[1]);
      await submit(page);
      await page.fill('input[name="password"]', given);
      await page.fill('input[name="new_password"]', "two herons in one nest");
      await submit(page, "Change the password");
      await page.goto("/");
      await page.getByRole("heading", { level: 1, name: "Hello Wren" }).waitFor();
      const people = page.locator(".kf-people__one").filter({ hasText: "My social worker" });
      const name = (await people.locator(".kf-people__name").innerText()).trim();
      await page.getByRole("heading", { name: "What happens next" }).waitFor();
      await look(page, "ten-home");

      await page.getByRole("link", { name: "Who looked at my record" }).click();
      const closed = await page.locator("main").innerText();
      assert.match(closed, /We do not show this part to you yet/);
      assert.doesNotMatch(closed, /mother|Ask why/, "the reason is told in person, and the list is closed");
      await look(page, "ten-closed");
      await page.locator("main").getByRole("link", { name: "Ask us" }).click();
      assert.match(await page.locator("h1").innerText(), /I have a question/);
      for (const address of [`${child}/chronology`, `${child}/access`, `${child}/own-space`]) {
        await page.goto(address);
        assert.doesNotMatch(await page.locator("main").innerText(), /mother works here/, `${address} tells what is closed`);
      }

      // Nothing typed: a face and no words is enough to go on, and the worry is passed on, which is said before it is sent.
      await page.goto("/me/say/words?topic=worry");
      await page.getByText("Really bad", { exact: true }).click();
      await page.fill('textarea[name="text"]', "The big boys wait for me.");
      await submit(page, "Next");
      await page.getByRole("button", { name: "Next" }).click();
      const told = await page.locator("main").innerText();
      assert.match(told, /This is a worry, so we pass it on to keep you safe/);
      await page.locator('input[name="readers"]').first().check();
      await submit(page, "Next");
      await look(page, "ten-check");
      await submit(page, "Send it");
      const sent = new URL(page.url()).pathname;
      assert.match(await page.locator("main").innerText(), /will write back by/);

      await worker.goto(`${child}/voice`);
      await worker.locator("main table a").first().click();
      await worker.getByText("The big boys wait for me.").waitFor();
      await look(worker, "ten-worker");
      await worker.fill('textarea[name="text"]', "I come to your school on Friday.");
      await submit(worker, "Send the reply");
      await page.goto("/me");
      await page.getByText(`${name} wrote back to you.`).waitFor();
      await look(page, "ten-answered");
      await page.getByRole("link", { name: /Read it/ }).click();
      assert.equal(new URL(page.url()).pathname, sent);
      const answer = await page.locator("main").innerText();
      assert.match(answer, /The big boys wait for me\./);
      assert.match(answer, /I come to your school on Friday\./);
      await page.context().close();

      // What the worker opens again is there.
      await worker.goto(`${child}/own-space`);
      assert.match(await worker.locator("main").innerText(), /Her mother works here/);
      await worker.context().close();
    });

    test("a young person of sixteen leads their review, reads what was decided and why, and asks why somebody looked", async () => {
      const page = await pageOf("young-person", noJs, { width: 320 });
      await page.goto("/account");
      const name = (await page.locator("main dd").first().innerText()).trim();
      const officer = await pageOf("reviewing-officer", noJs, { width: 320 });
      await officer.goto("/");
      await officer.fill("#quick-search", name);
      await Promise.all([officer.waitForEvent("framenavigated"), officer.locator(".kf-quick__button").click()]);
      await officer.waitForLoadState("load");
      const found = officer.locator('main a[href^="/children/"]').first();
      const child = (await found.count()) ? await found.getAttribute("href") : new URL(officer.url()).pathname;
      await officer.goto(`${child}/reviews/call`);
      await enterDay(officer, "on", 14);
      await enterDay(officer, "parts_by", 7);
      await officer.selectOption('select[name="place"]', "outside");
      await submit(officer, "Call the review");
      const review = new URL(officer.url()).pathname;

      await page.goto("/me");
      assert.match(await page.locator("main").innerText(), /Your review is on/);
      await page.getByRole("link", { name: "My review", exact: true }).first().click();
      await page.getByRole("link", { name: "Say what you want at your review" }).click();
      await look(page, "sixteen-wishes");
      const asked = await page.locator("main").innerText();
      assert.doesNotMatch(asked, /the child|Nurse for looked-after/, "words for grown-ups");
      await page.fill('textarea[name="topics"]', "Bricklaying at college. A flat of my own.");
      await page.fill('textarea[name="people"]', "Not my uncle.");
      await page.locator('input[name="chairs"][value="yes"]').check();
      await submit(page, "Send it");
      await page.goto("/me/review/part");
      await look(page, "sixteen-part");
      await page.fill('textarea[name="say"]', "I want to be asked first.");
      await submit(page, "Send my part");
      await officer.goto(review);
      await look(officer, "sixteen-officer");
      const read = await officer.locator("main").innerText();
      assert.match(read, /Bricklaying at college/);
      assert.match(read, /Not my uncle/);
      assert.ok(read.indexOf("Bricklaying") < read.indexOf("Everybody’s part"), "the child’s words come first");
      await officer.context().close();
      // Somebody who is asked to the review reads the wish, and not whom it keeps away.
      const carer = await pageOf("foster-carer", noJs);
      if ((await carer.goto(review)).status() === 200) assert.doesNotMatch(await carer.locator("main").innerText(), /Not my uncle/);
      await carer.context().close();

      await page.goto("/me/decisions");
      const decided = await page.locator("main").innerText();
      for (const part of ["What you wanted", "What we chose", "Why"]) assert.ok(decided.includes(part), part);
      await page.goto("/me/looked");
      const line = page.locator(".kf-looks__one").filter({ hasText: "My reviewing officer" }).first();
      await line.waitFor();
      await look(page, "sixteen-looked");
      await line.getByRole("link", { name: /Ask why/ }).click();
      await page.fill('textarea[name="text"]', "Why did you read my page?");
      await submit(page, "Next");
      await page.getByRole("button", { name: "Next" }).click();
      await page.locator('input[name="readers"]').first().check();
      await submit(page, "Next");
      await submit(page, "Send it");
      assert.match(await page.locator("main").innerText(), /will write back by/);
      await page.goto("/me/rights");
      for (const right of ["Ask to see my file", "Complain"]) await page.getByRole("link", { name: right }).waitFor();
      await page.context().close();
    });
  });
}
