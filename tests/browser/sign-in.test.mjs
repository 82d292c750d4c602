// Getting in, and not getting in.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

for (const db of ["sqlite", "postgres"]) {
  describe(`signing in, on ${db}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await startServer({ db });
      browser = await openBrowser();
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    for (const width of sizes) {
      for (const js of [true, false]) {
        test(`the page is accessible at ${width} px, ${js ? "with" : "without"} scripts`, async () => {
          const page = await newPage(browser, { url: server.url, width, js });
          await page.goto("/sign-in");
          await assertAccessible(page);
          await shot(page, `sign-in-${db}-${width}-${js ? "js" : "nojs"}`);
          await page.context().close();
        });
      }
    }

    test("a wrong password is refused with words, and never sent back", async () => {
      const page = await newPage(browser, { url: server.url });
      await page.goto("/sign-in");
      const { email } = account(server, "social-worker");
      await page.fill('input[name="email"]', email);
      await page.fill('input[name="password"]', "not the password");
      await submit(page);
      await page.getByRole("alert").waitFor();
      assert.equal(await page.inputValue('input[name="email"]'), email, "what was typed is kept");
      assert.equal(await page.inputValue('input[name="password"]'), "");
      await assertAccessible(page);
      await page.context().close();
    });

    test("a page for people signed in leads to the way in", async () => {
      const page = await newPage(browser, { url: server.url });
      await page.goto("/");
      assert.equal(new URL(page.url()).pathname, "/sign-in");
      await page.context().close();
    });

    test("password and code lead in and sign out leads out, without scripts", async () => {
      const page = await noJs(browser, { url: server.url });
      await signIn(page, server, "social-worker");
      await assertAccessible(page);
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL("**/sign-in");
      await page.goto("/");
      assert.equal(new URL(page.url()).pathname, "/sign-in", "the session has ended");
      await page.context().close();
    });
  });
}
