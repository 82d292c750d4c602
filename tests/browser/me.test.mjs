// A child at phone size and without scripts: lands in their own space, says something, chooses who reads it, reads it back
// and sends it; their social worker reads and answers; the child finds the answer. A carer who was not chosen finds nothing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const pages = ["", "/say", "/say/words?topic=worry", "/said", "/help-now", "/people", "/plan", "/review", "/decisions", "/health", "/rights", "/things", "/looked"];

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
      for (const role of ["young-person", "foster-carer"]) {
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
  });
}
