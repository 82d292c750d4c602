// The circle: who is who, a new key worker in one step, a record restricted to its readers, a child added.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, sidewaysOverflow, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

/** The address of a child whom the person signed in works with: from the list of their own children. */
async function ownChild(page) {
  await page.goto("/");
  const links = await page.locator('main a[href^="/children/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const child = links.map((href) => /^\/children\/[0-9a-f-]{36}/.exec(href)?.[0]).find(Boolean);
  assert.ok(child, "somebody to work with");
  return child;
}

for (const db of ["sqlite", "postgres"]) {
  describe(`the circle, on ${db}`, () => {
    let server;
    let browser;
    // Signed in once each: a code of the second step is good once.
    let worker;
    let manager;
    before(async () => {
      server = await startServer({ db });
      browser = await openBrowser();
      worker = await noJs(browser, { url: server.url });
      await signIn(worker, server, "social-worker");
      manager = await noJs(browser, { url: server.url });
      await signIn(manager, server, "team-manager");
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("every page is accessible and fits, narrow and wide", async () => {
      const page = await newPage(browser, { url: server.url });
      await signIn(page, server, "social-worker");
      const child = await ownChild(page);
      for (const width of sizes) {
        await page.setViewportSize({ width, height: 900 });
        for (const address of [`${child}/circle`, `${child}/circle/add`, `${child}/circle/key-worker`, "/children/new"]) {
          await page.goto(address);
          await assertAccessible(page);
          assert.equal(await sidewaysOverflow(page), 0, `${address} at ${width}`);
          await shot(page, `circle-${address.split("/").slice(3).join("-") || "new"}-${db}-${width}`);
        }
      }
      await page.context().close();
    });

    test("a named person joins and leaves, and the key worker cannot simply go, without scripts", async () => {
      const page = worker;
      const child = await ownChild(page);
      await page.goto(`${child}/circle/add`);
      await submit(page, "Add to the circle");
      await page.getByRole("alert").waitFor();
      await page.fill('input[name="name"]', "Ada Fennel");
      await page.selectOption('select[name="role"]', "independent_visitor");
      await submit(page, "Add to the circle");
      const row = page.getByRole("row", { name: /Ada Fennel/ });
      await row.waitFor();
      await row.getByRole("link", { name: /^End/ }).click();
      await submit(page, "End the place");
      await page.getByRole("heading", { name: "Before" }).waitFor();

      await page.goto(`${child}/circle`);
      await page.getByRole("row", { name: /, key worker/ }).first().getByRole("link", { name: /^End/ }).click();
      await submit(page, "End the place");
      await page.getByText("would have no key worker").first().waitFor();
    });

    test("a new key worker relieves the old in one step", async () => {
      const page = worker;
      const child = await ownChild(page);
      await page.goto(`${child}/circle/key-worker`);
      await page.fill('input[name="person-words"]', account(server, "team_manager").email);
      await submit(page, "Find");
      await page.locator('input[name="person"]').first().check();
      await page.selectOption('select[name="role"]', "cover_worker");
      await submit(page, "Change the key worker");
      // Whoever gave the child away may not open it any more: the first page says what was done.
      await manager.goto(`${child}/circle`);
      await manager.getByRole("row", { name: /Cover for the social worker/ }).first().waitFor();
    });

    test("a restricted record is as if it were not there, but for its readers", async () => {
      const child = await ownChild(worker);
      assert.equal((await worker.goto(child)).status(), 200);
      await manager.goto(`${child}/restrict`);
      await assertAccessible(manager);
      await manager.fill('textarea[name="reason"]', "A risk from outside");
      const next = new Date(Date.now() + 60 * 24 * 3600 * 1000);
      await manager.fill('input[name="review-day"]', `${next.getDate()}`);
      await manager.fill('input[name="review-month"]', `${next.getMonth() + 1}`);
      await manager.fill('input[name="review-year"]', `${next.getFullYear()}`);
      await submit(manager, "Restrict the record");
      await manager.getByText("tick at least one reader").first().waitFor();
      // The browser reports the refusal (422) as a fault; it was asked for.
      manager.faults.length = 0;
      await manager.getByLabel("I am one of the readers").check();
      await submit(manager, "Restrict the record");
      await manager.getByText("restricted to its named readers").waitFor();
      assert.equal((await worker.goto(child)).status(), 404);
      assert.equal((await manager.goto(`${child}/restrict`)).status(), 200);
      await assertAccessible(manager);
      await manager.fill('textarea[name="lift-reason"]', "The risk is over");
      await submit(manager, "Lift the restriction");
      assert.equal((await worker.goto(child)).status(), 200);
    });

    test("a child is added with a team and a key worker, and a second time only after a look", async () => {
      const page = worker;
      const fill = async () => {
        await page.goto("/children/new");
        await page.fill('input[name="given_name"]', "Wren");
        await page.fill('input[name="family_name"]', "Tarrow");
        for (const [part, value] of [["day", "4"], ["month", "5"], ["year", "2017"]]) await page.fill(`input[name="date_of_birth-${part}"]`, value);
        await page.locator('select[name="team"] option').nth(1).evaluate((option) => option.value).then((value) => page.selectOption('select[name="team"]', value));
        await page.fill('input[name="key_worker-words"]', account(server, "social_worker").email);
        await submit(page, "Find");
        await page.locator('input[name="key_worker"]').first().check();
        await submit(page, "Add the child");
      };
      await fill();
      await page.getByText("The child is added").waitFor();
      await fill();
      await page.getByRole("heading", { name: "Is this one of these children?" }).waitFor();
      // The browser reports the question (409), and refusals before it, as faults; they were asked for.
      page.faults.length = 0;
      await assertAccessible(page);
    });
  });
}
