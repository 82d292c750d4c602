// The director takes up the action plan of a review and reports on it, the clerk and a councillor write down what the panel
// says, partners judge a question of a self-assessment side by side, and a social worker reads and writes nothing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, signIn, startServer, stopServer, submit } from "./harness.mjs";

for (const db of ["sqlite", "postgres"]) {
  describe(`the authority's own papers (${db})`, () => {
    let server;
    let browser;
    let plan;
    let audit;
    const signedIn = {};

    /** A page of somebody who is signed in already. */
    const pageOf = async (role, make = noJs, options = {}) => {
      const page = await make(browser, { url: server.url, ...options });
      await page.context().addCookies(signedIn[role]);
      return page;
    };

    before(async () => {
      server = await startServer({ db, children: 40 });
      browser = await openBrowser();
      for (const role of ["director", "councillor", "panel-clerk", "social-worker"]) {
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

    test("the director takes up the plan of a review: 21 recommendations in the shape that panels read", async () => {
      const page = await pageOf("director");
      await page.goto("/");
      await page.getByRole("navigation").getByRole("link", { name: "Corporate parenting" }).click();
      await page.waitForURL("**/plans");
      await page.getByText("No plan yet").waitFor();
      await page.getByRole("button", { name: "Make a plan" }).click();
      await page.getByLabel(/\(21 recommendations\)/).check();
      await submit(page, "Take it up");
      plan = new URL(page.url()).pathname;
      const table = page.getByRole("table", { name: "Recommendations" });
      const heads = await table.getByRole("columnheader").allInnerTexts();
      assert.deepEqual(heads, ["No", "Recommendation", "Target date", "Progress", "Comment by the panel", "How it stands"]);
      const numbers = await table.locator("tbody th").allInnerTexts();
      assert.deepEqual(numbers.map((text) => text.trim()), Array.from({ length: 21 }, (_, n) => `${n + 1}`));
      assert.ok((await table.getByText(/(days|years) late/).count()) > 5, "its dates passed long ago");
      const file = await page.request.get(`${plan}/plan.pdf`);
      assert.equal(file.status(), 200);
      assert.equal((await file.body()).subarray(0, 5).toString(), "%PDF-");
      await page.context().close();
    });

    test("progress, a reason for how it stands, and what the panel said; too long a text is not lost", async () => {
      const page = await pageOf("director");
      await page.goto(plan);
      await page.getByRole("link", { name: "3", exact: true }).click();
      const one = new URL(page.url()).pathname;
      await page.getByRole("button", { name: "Write down progress" }).click();
      const long = "é".repeat(100_000);
      await page.getByLabel("What has been done").fill(long);
      await submit(page, "Save");
      await page.getByRole("alert").getByText(/80000 characters too long/).waitFor();
      assert.equal((await page.getByLabel("What has been done").inputValue()).length, long.length, "nothing is lost");
      await page.getByLabel("What has been done").fill("An officer is named.");
      await submit(page, "Save");
      assert.equal(new URL(page.url()).pathname, one);
      await page.goto(`${one}/status`);
      await page.getByLabel("Done", { exact: true }).check();
      await submit(page, "Save");
      await page.getByRole("alert").getByText("Say why it stands so").waitFor();
      await page.getByLabel("Why").fill("She began in November.");
      await submit(page, "Save");
      await page.getByText("She began in November.").first().waitFor();

      for (const [role, words] of [["councillor", "We will meet her."], ["panel-clerk", "The panel noted it."]]) {
        const other = await pageOf(role);
        await other.goto(one);
        await other.getByRole("button", { name: "Write down what the panel said" }).click();
        await other.getByLabel("What the panel said").fill(words);
        await submit(other, "Save");
        await other.getByText(words).first().waitFor();
        await other.context().close();
      }
      const worker = await pageOf("social-worker");
      assert.equal((await worker.goto(one)).status(), 200, "a social worker reads");
      for (const kind of ["link", "button"]) {
        assert.equal(await worker.getByRole("main").getByRole(kind, { name: /Write|Change/ }).count(), 0, kind);
      }
      for (const what of ["progress", "status", "lead", "comment"]) {
        assert.equal((await worker.goto(`${one}/${what}`)).status(), 404, `and does not write: ${what}`);
      }
      assert.equal((await worker.goto("/plans/new")).status(), 404);
      await worker.context().close();
      await page.context().close();
    });

    test("two who change one thing: the second sees both texts, and decides", async () => {
      const first = await pageOf("director");
      const second = await pageOf("panel-clerk");
      await first.goto(plan);
      const one = await first.getByRole("link", { name: "5", exact: true }).getAttribute("href");
      for (const page of [first, second]) {
        await page.goto(`${one}/status`);
        await page.getByLabel("At risk", { exact: true }).check();
      }
      await first.getByLabel("Why").fill("There is no chair.");
      await submit(first, "Save");
      await second.getByLabel("Why").fill("Nobody came from health.");
      await submit(second, "Save");
      await second.getByText("Somebody else changed this meanwhile").waitFor();
      await second.getByText("There is no chair.").waitFor();
      assert.equal(await second.getByLabel("Why").inputValue(), "Nobody came from health.");
      await submit(second, "Save");
      await second.getByText("Nobody came from health.").first().waitFor();
      await second.getByText("There is no chair.").first().waitFor();
      await first.context().close();
      await second.context().close();
    });

    test("a progress report stays as it was, and leaves as a file after the password", async () => {
      const page = await pageOf("panel-clerk");
      await page.goto(plan);
      await page.getByRole("button", { name: "Make a progress report" }).click();
      await page.getByLabel("What to say above the table (optional)").fill("Three are done.");
      await submit(page, "Make the report");
      const report = new URL(page.url()).pathname;
      const before = await page.getByRole("table", { name: "Recommendations" }).innerText();
      const one = await (async () => {
        await page.goto(plan);
        return page.getByRole("link", { name: "7", exact: true }).getAttribute("href");
      })();
      await page.goto(`${one}/progress`);
      await page.getByLabel("What has been done").fill("Written after the report.");
      await submit(page, "Save");
      await page.goto(report);
      assert.equal(await page.getByRole("table", { name: "Recommendations" }).innerText(), before);
      await page.goto(`${plan}/plan.csv`);
      assert.match(page.url(), /confirm-password/);
      await page.context().close();
    });

    test("partners judge side by side, with the figure of the day; a finding becomes an action", async () => {
      const page = await pageOf("director");
      await page.goto("/audits");
      await page.getByText("No self-assessment yet").waitFor();
      await page.getByRole("button", { name: "Start a self-assessment" }).click();
      await page.getByLabel("What is asked").selectOption("healthy_care.audit");
      await submit(page, "Start");
      await page.getByRole("alert").getByText("Enter a title").waitFor();
      await page.getByLabel("Title").fill("Healthy Care this year");
      await submit(page, "Start");
      audit = new URL(page.url()).pathname;
      assert.equal(await page.getByText("Nobody yet").count(), 24, "questions without an owner show");
      await page.getByRole("link", { name: /^Do written policies set out how children are kept safe/ }).click();
      const question = new URL(page.url()).pathname;
      for (const [partner, level, why] of [["Council", "Green", "It is written."], ["Health", "Red", "We have not seen it."]]) {
        await page.goto(`${question}/rate`);
        await page.getByLabel("For which partner").selectOption(partner);
        await page.getByLabel(level, { exact: true }).check();
        await page.getByLabel("Why").fill(why);
        await submit(page, "Save");
      }
      await page.getByText("They see it differently, and nothing was agreed yet.").waitFor();
      await page.goto(`${question}/measure`);
      await page.getByLabel("For which partner").selectOption("Council");
      await page.getByLabel("Measure").selectOption("children.looked_after");
      await submit(page, "Save");
      const evidence = page.getByRole("listitem").filter({ hasText: "counted to" });
      const figure = (await evidence.locator("strong").innerText()).trim();
      const councillor = await pageOf("councillor");
      await councillor.goto(await evidence.getByRole("link").first().getAttribute("href"));
      await councillor.getByText(figure, { exact: true }).first().waitFor();
      await councillor.goto(question);
      assert.equal(await councillor.getByRole("button", { name: "Judge it" }).count(), 0, "a councillor reads");
      await councillor.context().close();
      await page.goto(`${question}/act`);
      await page.getByLabel("Action plan").selectOption({ index: 1 });
      await page.getByLabel("Number", { exact: true }).fill("22");
      await page.getByLabel("What is to be done").fill("Show the policy to health.");
      await submit(page, "Save");
      await page.getByRole("link", { name: "A recommendation of an action plan" }).click();
      await page.getByText(/^Healthy Care this year: Entitlement 1/).waitFor();
      await page.goto(`${audit}/profile`);
      await page.getByText("1 seen differently").waitFor();
      await page.context().close();
    });

    if (db === "sqlite") {
      // Without scripts where the screen is small, with them where it is large: the journeys above need none.
      for (const [width, make] of [[320, noJs], [1280, newPage]]) {
        test(`every page is accessible at ${width} px`, async () => {
          const page = await pageOf("director", make, { width });
          await page.goto(plan);
          const one = await page.getByRole("link", { name: "5", exact: true }).getAttribute("href");
          const report = await page.getByRole("link", { name: / for |20\d\d/ }).last().getAttribute("href");
          await page.goto(audit);
          const question = await page.getByRole("link", { name: /^Do written policies/ }).getAttribute("href");
          for (const [name, address] of [
            ["plans", "/plans"],
            ["plans-new", "/plans/new"],
            ["plan", plan],
            ["plan-add", `${plan}/add`],
            ["plan-report", report],
            ["recommendation", one],
            ["recommendation-target", `${one}/target`],
            ["audits", "/audits"],
            ["audits-new", "/audits/new"],
            ["audit", audit],
            ["audit-profile", `${audit}/profile`],
            ["audit-question", question],
            ["audit-rate", `${question}/rate`],
          ]) {
            await page.goto(address);
            await shot(page, `authority-${name}-${width}`);
            await assertAccessible(page, `${name} at ${width} px`);
          }
          await page.context().close();
        });
      }
    }
  });
}
