// A foster carer on a small telephone: signs, reads what they need to know, writes in their log and asks; the social worker
// takes the note in and answers. Whoever is no carer of the child finds nothing, nor does a carer whose place has ended, by any
// way that was open to them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

for (const db of ["sqlite", "postgres"]) {
  describe(`the carer's space (${db})`, () => {
    let server;
    let browser;
    let child;
    const signedIn = {};

    const pageOf = async (role, make = newPage, options = {}) => {
      const page = await make(browser, { url: server.url, ...options });
      await page.context().addCookies(signedIn[role]);
      return page;
    };

    before(async () => {
      server = await startServer({ db, children: 40 });
      browser = await openBrowser();
      for (const role of ["foster-carer", "social-worker", "designated-teacher"]) {
        const page = await newPage(browser, { url: server.url });
        await signIn(page, server, role);
        signedIn[role] = await page.context().cookies();
        await page.context().close();
      }
      const page = await pageOf("foster-carer");
      await page.goto("/caring");
      const href = await page.locator(".kf-carer h2 a").first().getAttribute("href");
      child = href.replace("/undertaking", "");
      await page.context().close();
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("signs before anything opens, and again when the signature is withdrawn", async () => {
      const desk = child.replace("/caring/", "/children/");
      const page = await pageOf("foster-carer", noJs, { width: 320 });
      const signed = (await page.goto(`${child}/undertaking`)) && !(await page.getByRole("button", { name: "Sign it" }).count());
      if (signed) {
        // Invented carers have signed; here somebody else had signed for them, and the worker withdraws it.
        const worker = await pageOf("social-worker", noJs);
        await worker.goto(`${desk}/chronology?strand=people`);
        await worker.locator(".kf-entry").filter({ hasText: "Confidentiality undertaking signed" }).first().getByRole("link", { name: /Correct or withdraw/ }).click();
        await worker.fill('textarea[name="withdraw-reason"]', "Somebody else had signed it.");
        await submit(worker, "Withdraw the entry");
        await worker.context().close();
      }
      await page.goto("/caring");
      assert.ok(await page.getByText("there is something to sign").isVisible());
      if (db === "sqlite") await shot(page, "carer-unsigned-320-plain");
      await assertAccessible(page, "a carer who has not signed");
      assert.equal((await page.goto(child)).url().endsWith("/undertaking"), true, "nothing opens before");
      assert.equal((await page.goto(desk)).status(), 404);
      if (db === "sqlite") await shot(page, "carer-undertaking-320-plain");
      await assertAccessible(page, "the undertaking");
      await page.goto(`${child}/undertaking`);
      await submit(page, "Sign it");
      assert.match(await page.locator(".govuk-error-summary").innerText(), /Tick the box/);
      await page.locator("#promised").check();
      await page.fill('input[name="name"]', "A. Carer");
      await submit(page, "Sign it");
      assert.equal((await page.goto(child)).status(), 200);
      await page.context().close();
    });

    for (const width of sizes) {
      test(`every page is accessible at ${width} px`, async () => {
        const page = await pageOf("foster-carer", width === 320 ? noJs : newPage, { width });
        for (const path of ["/caring", "/caring/diary", child, `${child}/decisions`, `${child}/log`, `${child}/questions`]) {
          assert.equal((await page.goto(path)).status(), 200, path);
          const name = path.replace(/^\/caring\/?/, "").replace(/^[0-9a-f-]{36}/, "child").replace(/\W+/g, "-") || "home";
          if (db === "sqlite") await shot(page, `carer-${name}-${width}`);
          await assertAccessible(page, `${path} at ${width} px`);
        }
        await page.context().close();
      });
    }

    test("a note is written without scripts, kept when it is not finished, taken in; a question is asked and answered", async () => {
      let carer = await pageOf("foster-carer", noJs, { width: 320 });
      await carer.goto("/");
      assert.equal(new URL(carer.url()).pathname, "/caring", "the first page of a carer is their own space");
      await carer.goto(`${child}/log`);
      await carer.fill('textarea[name="text"]', "We saw a kingfisher by the weir.");
      await submit(carer, "Keep it for later");
      // The telephone dies here.
      await carer.context().close();
      carer = await pageOf("foster-carer", noJs, { width: 320 });
      await carer.goto(`${child}/log`);
      assert.equal(await carer.inputValue('textarea[name="text"]'), "We saw a kingfisher by the weir.");
      await carer.fill('input[name="day-day"]', "31");
      await carer.fill('input[name="day-month"]', "2");
      await carer.locator('input[name="topic"][value="achievement"]').check();
      await submit(carer, "Save the note");
      assert.ok(await carer.locator(".govuk-error-summary").isVisible(), "31 February is no day");
      await assertAccessible(carer, "a note with a day that does not exist");
      assert.equal(await carer.inputValue('textarea[name="text"]'), "We saw a kingfisher by the weir.");
      const today = new Date();
      await carer.fill('input[name="day-day"]', `${today.getDate()}`);
      await carer.fill('input[name="day-month"]', `${today.getMonth() + 1}`);
      await carer.fill('input[name="day-year"]', `${today.getFullYear()}`);
      await submit(carer, "Save the note");
      await carer.getByText("kingfisher").first().waitFor();
      await carer.goto(`${child}/decisions`);
      await carer.getByRole("link", { name: /Ask about this.*Piercings/ }).click();
      await carer.fill('textarea[name="text"]', "May she have her ears pierced?");
      await submit(carer, "Send the question");
      await carer.getByText("A reply is owed by").waitFor();
      await assertAccessible(carer, "a question that was asked");

      const worker = await pageOf("social-worker");
      const desk = child.replace("/caring/", "/children/");
      assert.equal((await worker.goto(`${desk}/carers`)).status(), 200);
      await assertAccessible(worker, "the carers of a child");
      if (db === "sqlite") await shot(worker, "carer-desk-1280");
      await worker.getByRole("link", { name: "Something to be proud of" }).first().click();
      await worker.getByText("kingfisher").waitFor();
      await assertAccessible(worker, "a carer's note");
      await submit(worker, "Done with this note");
      await worker.getByRole("link", { name: /ears pierced/ }).click();
      await worker.fill('textarea[name="text"]', "I ask her mother and tell you on Friday.");
      await submit(worker, "Send the reply");
      await worker.goto(`${desk}/decisions/record?only=home_piercing`);
      await assertAccessible(worker, "recording who decides");
      await worker.selectOption('select[name="who-home_piercing"]', "parent");
      await submit(worker, "Record");
      await assertAccessible(worker, "who decides, for the worker");
      await worker.context().close();

      await carer.goto(`${child}/questions`);
      await carer.getByRole("link", { name: /Piercings of/ }).click();
      await carer.getByText("I ask her mother").waitFor();
      await carer.goto(`${child}/log`);
      await carer.getByText("In the record").first().waitFor();
      await carer.context().close();
    });

    test("a carer whose place has ended learns nothing by any way that was open to them", async () => {
      const desk = child.replace("/caring/", "/children/");
      const carer = await pageOf("foster-carer", noJs, { width: 320 });
      await carer.goto("/account");
      const name = (await carer.locator("main .govuk-summary-list__value").first().innerText()).trim();
      await carer.goto("/caring");
      const called = (await carer.locator(`.kf-carer h2 a[href="${child}"]`).innerText()).trim();
      await carer.goto("/account/calendar");
      await submit(carer, "Make a link");
      const feed = /\/feeds\/\S+\.ics/.exec(await carer.locator("main").innerText())[0];
      const before = await (await carer.request.get(`${server.url}${feed}`)).text();
      const worker = await pageOf("social-worker", noJs);
      await worker.goto(desk);
      const shown = await worker.locator("body").innerText();
      const listed = [...before.matchAll(/\(([^()]+)\)\r?$/gm)].map((found) => found[1]);
      const reference = listed.find((one) => shown.includes(one));
      assert.ok(reference, "what is coming for the child is in the calendar");
      assert.ok(!before.includes(called), "and no name is");
      // A section that was sent to them by a link, with the code given.
      await worker.goto(`${desk}/forms`);
      await worker.locator("form").filter({ has: worker.locator('input[value="health.assessment_request"]') }).getByRole("button").click();
      await worker.waitForLoadState("load");
      await worker.goto(`${new URL(worker.url()).pathname}/ask/wishes`);
      await worker.fill('input[name="name"]', name);
      await worker.fill('input[name="email"]', "at.home@carers.example");
      await submit(worker, "Send the link");
      const link = await worker.getByRole("link", { name: "open it as who was asked" }).getAttribute("href");
      await carer.goto(link);
      await submit(carer, "Send me the code");
      await carer.fill('input[name="code"]', (await carer.locator(".govuk-inset-text strong").innerText()).trim());
      await submit(carer, "Continue");
      await carer.getByRole("button", { name: "Start" }).waitFor();
      // The place ends; the pages stay open in the browser.
      await worker.goto(`${desk}/circle`);
      await worker.getByRole("row").filter({ hasText: name }).filter({ hasText: "Foster carer" }).getByRole("link", { name: /End/ }).first().click();
      await submit(worker, "End the place");
      if (await worker.locator(".govuk-error-summary").count()) throw new Error(await worker.locator("main").innerText());
      await worker.context().close();
      const nothing = async (page) => {
        assert.equal((await page.goto("/nothing/here")).status(), 404);
        return page.locator("main").innerText();
      };
      const again = await newPage(browser, { url: server.url, width: 320 });
      await signIn(again, server, "foster-carer");
      for (const page of [carer, again]) {
        const absent = await nothing(page);
        for (const address of [child, `${child}/log`, `${child}/decisions`, `${child}/undertaking`, desk, `${desk}/chronology`, `${desk}/reviews`, `${desk}/health`]) {
          assert.equal((await page.goto(address)).status(), 404, address);
          assert.equal(await page.locator("main").innerText(), absent, `${address} looks like nothing`);
        }
        for (const address of ["/caring", "/caring/diary", "/notices", "/"]) {
          await page.goto(address);
          assert.ok(!(await page.locator("body").innerText()).includes(called), `${address} names the child`);
        }
      }
      await carer.goto(link);
      assert.match(await carer.locator("main").innerText(), /This link is over/);
      assert.ok(!(await carer.locator("main").innerText()).includes(called));
      const after = await (await carer.request.get(`${server.url}${feed}`)).text();
      assert.ok(!after.includes(reference), "the calendar holds nothing of the child");
      if (db === "sqlite") await assertAccessible(again, "a carer whose place has ended");
      await again.context().close();
      await carer.context().close();
    });

    test("whoever is no carer of the child finds nothing", async () => {
      const page = await pageOf("designated-teacher");
      for (const address of ["/caring", "/caring/diary", child, `${child}/log`, `${child}/undertaking`]) assert.equal((await page.goto(address)).status(), 404, address);
      await page.context().close();
    });
  });
}
