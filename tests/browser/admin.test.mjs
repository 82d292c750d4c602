// People and teams: an account is made, signs in with a given password, and is switched off.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, sidewaysOverflow, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const pages = ["/admin", "/admin/people/new", "/admin/teams", "/admin/teams/new", "/admin/agencies/new", "/admin/circles", "/account", "/account/password", "/help", "/help/administrator", "/accessibility", "/privacy", "/source", "/roles"];

for (const db of ["sqlite", "postgres"]) {
  describe(`people and teams, on ${db}`, () => {
    let server;
    let browser;
    // Signed in once: a code of the second step is good once.
    let admin;
    before(async () => {
      server = await startServer({ db });
      browser = await openBrowser();
      admin = await noJs(browser, { url: server.url });
      await signIn(admin, server, "administrator");
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("every page is accessible and fits, narrow and wide", async () => {
      const page = await newPage(browser, { url: server.url });
      await signIn(page, server, "administrator");
      for (const width of sizes) {
        await page.setViewportSize({ width, height: 900 });
        for (const address of pages) {
          await page.goto(address);
          await assertAccessible(page);
          assert.equal(await sidewaysOverflow(page), 0, `${address} at ${width}`);
          await shot(page, `admin${address.replaceAll("/", "-")}-${db}-${width}`);
        }
      }
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    test("a new person signs in with a given password, chooses their own, and is out at once when switched off, without scripts", async () => {
      await admin.goto("/admin/people/new");
      await submit(admin, "Add the person");
      await admin.getByRole("alert").waitFor();
      await admin.fill('input[name="name"]', "Nell Harrow");
      await admin.fill('input[name="email"]', "nell.harrow@fernshire.example");
      await admin.selectOption('select[name="role"]', "data_analyst");
      await submit(admin, "Add the person");
      await admin.getByText("The account is made").waitFor();
      const address = new URL(admin.url()).pathname;
      await submit(admin, "Give a first password");
      const given = (await admin.locator(".kf-reference").innerText()).trim();
      assert.match(given, /^\S{4}-\S{4}-\S{4}-\S{4}$/);

      const nell = await noJs(browser, { url: server.url });
      await nell.goto("/sign-in");
      await nell.fill('input[name="email"]', "nell.harrow@fernshire.example");
      await nell.fill('input[name="password"]', given);
      await submit(nell);
      // An invented council shows the code, because nobody there has a telephone.
      const code = /\b(\d{6})\b/.exec(await nell.locator("main").innerText())[1];
      await nell.fill('input[name="code"]', code);
      await submit(nell);
      assert.equal(new URL(nell.url()).pathname, "/account/password");
      await nell.goto("/imports");
      assert.equal(new URL(nell.url()).pathname, "/account/password", "nothing else opens before");
      await assertAccessible(nell);
      await nell.fill('input[name="password"]', given);
      await nell.fill('input[name="new_password"]', "four quiet unrelated words");
      await submit(nell, "Change the password");
      await nell.goto("/imports");
      await nell.getByRole("heading", { name: "Imports", level: 1 }).waitFor();

      await admin.goto(address);
      await submit(admin, "Switch off");
      await admin.getByText("The account is switched off. Every session has ended.").waitFor();
      await nell.goto("/imports");
      assert.equal(new URL(nell.url()).pathname, "/sign-in");
      await nell.context().close();
    });

    test("two administrators who change one account both see both texts", async () => {
      const one = admin;
      await one.goto("/admin");
      await one.fill('input[name="words"]', account(server, "social_worker").email);
      await submit(one, "Find");
      await one.locator("table a").first().click();
      const address = new URL(one.url()).pathname;
      const two = await one.context().newPage();
      await one.goto(`${address}/change`);
      await two.goto(`${address}/change`);
      await two.fill('input[name="phone"]', "01632 960001");
      await submit(two, "Save");
      await one.fill('input[name="phone"]', "01632 960002");
      await submit(one, "Save");
      const text = await one.locator("main").innerText();
      assert.ok(text.includes("01632 960001") && text.includes("01632 960002"), text);
      await submit(one, "Save");
      await one.getByText("Saved.").waitFor();
    });

    test("a circle is arranged by the child’s reference, and nothing else of the child is told, without scripts", async () => {
      // The worker who asks reads the reference at the top of the child's page.
      const worker = await noJs(browser, { url: server.url });
      await signIn(worker, server, "social_worker");
      const child = await worker.locator('main a[href^="/children/"]').first().getAttribute("href");
      await worker.goto(child.split("/").slice(0, 3).join("/"));
      const bar = await worker.locator(".kf-identity").innerText();
      const reference = /Reference\s+(\S+)/.exec(bar)[1];
      const name = (await worker.locator(".kf-identity__name").innerText()).trim();
      assert.ok(name.length > 2, bar);

      await admin.goto("/admin");
      await admin.getByRole("link", { name: "Circles by reference" }).click();
      for (const nowhere of ["", "K99999", name]) {
        await admin.fill('input[name="reference"]', nowhere);
        await submit(admin, "Open the circle");
        const said = nowhere ? "We have no child with this reference, or it may not be opened here" : "Enter the child’s reference";
        await admin.getByRole("alert").getByText(said).waitFor();
      }
      await admin.fill('input[name="reference"]', reference.toLowerCase());
      await submit(admin, "Open the circle");
      await admin.getByRole("heading", { name: `Circle of ${reference}`, level: 1 }).waitFor();
      const circle = admin.url();

      const hidden = async () => {
        const text = await admin.locator("body").innerText();
        for (const word of name.split(/\s+/)) assert.ok(!text.includes(word), `${word} in ${admin.url()}`);
      };
      await hidden();
      await admin.getByRole("button", { name: "Add a colleague" }).click();
      await hidden();
      await submit(admin, "Add to the circle");
      await admin.getByRole("alert").getByText("Find a colleague and choose them from the list").waitFor();
      const nurse = account(server, "designated_nurse");
      await admin.fill('input[name="person-words"]', nurse.email);
      await submit(admin, "Find");
      await admin.locator('input[name="person"]').check();
      await admin.selectOption('select[name="role"]', "health_visitor");
      await submit(admin, "Add to the circle");
      await admin.getByText("The colleague is in the circle.").waitFor();
      assert.equal(admin.url(), circle);
      await assertAccessible(admin);
      await hidden();
      const place = admin.getByRole("row").filter({ hasText: "Health visitor" });
      await place.getByRole("link", { name: "End" }).click();
      await submit(admin, "End the place");
      await admin.getByText("The place in the circle has ended.").waitFor();

      // The key worker cannot just go; and nobody finds themselves to be placed.
      const key = admin.getByRole("row").filter({ hasText: "key worker" }).filter({ hasText: "End" });
      await key.getByRole("link", { name: "End" }).click();
      await submit(admin, "End the place");
      await admin.getByRole("alert").getByText("The child would have no key worker").waitFor();
      await admin.goto(`${circle}/key-worker`);
      await admin.fill('input[name="person-words"]', account(server, "administrator").email);
      await submit(admin, "Find");
      await admin.getByText("Nobody found.").waitFor();

      // Those who work with the child see who was there.
      await worker.goto(`${new URL(worker.url()).pathname}/access`);
      const log = await worker.locator("main").innerText();
      assert.ok(log.includes("Changed by reference which colleagues are in the circle"), log);
      assert.ok(log.includes("Read by reference which colleagues are in the circle"), log);
      await worker.context().close();

      const page = await newPage(browser, { url: server.url });
      await page.context().addCookies(await admin.context().cookies());
      for (const width of sizes) {
        await page.setViewportSize({ width, height: 900 });
        for (const address of ["", "/add", "/key-worker"]) {
          await page.goto(circle + address);
          await assertAccessible(page);
          assert.equal(await sidewaysOverflow(page), 0, `${address} at ${width}`);
          await shot(page, `admin-circle${address.replaceAll("/", "-")}-${db}-${width}`);
        }
      }
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

    test("nobody but an administrator finds these pages", async () => {
      const page = await noJs(browser, { url: server.url });
      await signIn(page, server, "social-worker");
      for (const address of ["/admin", "/admin/people/new", "/admin/teams", "/admin/agencies/new", "/admin/circles", "/guidance/local", "/imports"]) {
        const answer = await page.goto(address);
        assert.equal(answer.status(), 404, address);
      }
      await page.context().close();
    });
  });
}
