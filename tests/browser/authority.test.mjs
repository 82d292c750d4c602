// The director takes up the action plan of a review and reports on it, the clerk and a councillor write down what the panel
// says, partners judge a question of a self-assessment side by side, and a social worker reads and writes nothing. The clerk
// holds a meeting of the panel from its pack to its minutes; what the director publishes is read by everybody.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, signIn, startServer, stopServer, submit } from "./harness.mjs";

for (const db of ["sqlite", "postgres"]) {
  describe(`the authority's own papers (${db})`, () => {
    let server;
    let browser;
    let plan;
    let audit;
    let meeting;
    let pack;
    let published;
    let needs;
    let youngAudit;
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
      for (const role of ["director", "councillor", "panel-clerk", "social-worker", "partnership-lead", "young-person"]) {
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
      await page.getByRole("link", { name: "What the panel decided" }).waitFor();
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
      await page.getByRole("link", { name: "Healthy Care this year" }).waitFor();
      await page.getByRole("button", { name: "Start a self-assessment" }).click();
      await page.getByLabel("What is asked").selectOption("healthy_care.audit");
      await submit(page, "Start");
      await page.getByRole("alert").getByText("Enter a title").waitFor();
      await page.getByLabel("Title").fill("Healthy Care once more");
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
      await page.getByText(/^Healthy Care once more: Entitlement 1/).waitFor();
      await page.goto(`${audit}/profile`);
      await page.getByText("1 seen differently").waitFor();
      await page.context().close();
    });

    test("a young auditor says what they think in plain words, and a partner agency that leads reads it under a number", async () => {
      const young = await pageOf("young-person");
      await young.goto("/me");
      await young.getByRole("link", { name: "Tell us how we do" }).click();
      await young.getByRole("link", { name: "Healthy Care this year" }).click();
      await young.getByText("They do not see your name.", { exact: false }).waitFor();
      youngAudit = new URL(young.url()).pathname;
      const open = young.getByRole("listitem").filter({ hasNotText: "You said:" }).locator(`a[href^="${youngAudit}/"]`);
      const address = await open.nth(2).getAttribute("href");
      await young.goto(address);
      await submit(young, "Send it");
      await young.getByRole("alert").getByText("Pick one of these").waitFor();
      await young.getByLabel(/^Red:/).check();
      await young.getByLabel("Why do you think so?").fill("No one asked us.");
      await submit(young, "Send it");
      await young.getByText("Thank you. We have what you said.").waitFor();
      for (const closed of ["/audits", "/plans", "/panel", youngAudit.replace("/me", "")]) {
        assert.equal((await young.goto(closed)).status(), 404, closed);
      }
      await young.context().close();

      const lead = await pageOf("partnership-lead");
      const question = `${youngAudit.replace("/me", "")}/questions/${address.split("/").pop()}`;
      await lead.goto(question);
      await lead.getByRole("heading", { name: "Young auditor 1" }).waitFor();
      await lead.getByText("No one asked us.").waitFor();
      assert.equal((await lead.goto("/plans/new")).status(), 404, "the council keeps its plans");
      await lead.context().close();
    });

    test("what an inspection asks for: lists whose rows lead to the record, and the pack after the password", async () => {
      const page = await pageOf("director");
      await page.goto("/inspection");
      await page.getByRole("link", { name: "Children in care", exact: true }).click();
      const row = page.getByRole("table", { name: "Children in care" }).locator("tbody tr").first();
      await row.getByRole("link").click();
      await page.waitForURL("**/children/*");
      await page.goto("/inspection/pack.zip");
      assert.match(page.url(), /confirm-password/);
      const councillor = await pageOf("councillor");
      assert.equal((await councillor.goto("/inspection")).status(), 404);
      await councillor.context().close();
      await page.context().close();
    });

    test("the clerk holds a meeting: a pack in one click, minutes, a decision that becomes an action", async () => {
      const page = await pageOf("panel-clerk");
      await page.goto("/panel");
      await page.getByRole("button", { name: "Call a meeting" }).click();
      const today = new Date();
      for (const [part, value] of [["Day", today.getDate()], ["Month", today.getMonth() + 1], ["Year", today.getFullYear()]]) {
        await page.getByLabel(part, { exact: true }).fill(`${value}`);
      }
      await submit(page, "Call it");
      await page.getByRole("alert").getByText("Say where it is held").waitFor();
      await page.getByLabel("Place").fill("County Hall");
      await submit(page, "Call it");
      meeting = new URL(page.url()).pathname;

      const councillor = await pageOf("councillor");
      await councillor.goto(meeting);
      await councillor.getByRole("link", { name: /^Say something about it.*Action plans/ }).click();
      await councillor.getByLabel("What you want to say").fill("Why are so many late?");
      await submit(councillor, "Say it");
      await councillor.getByText("Why are so many late?").waitFor();
      assert.equal(await councillor.getByRole("button", { name: "Put the pack together" }).count(), 0);

      await page.goto(meeting);
      await submit(page, "Put the pack together");
      pack = new URL(page.url()).pathname;
      const figures = page.getByRole("table", { name: /How we do: the figures/ });
      const row = figures.getByRole("row").filter({ hasText: "Reviews on time" });
      const figure = (await row.getByRole("cell").first().innerText()).split(" ")[0];
      await councillor.goto(await row.getByRole("link").getAttribute("href"));
      await councillor.getByText(figure, { exact: true }).first().waitFor();
      await page.getByText("We found a dentist only because another carer told us.").waitFor();
      const file = await page.request.get(`${pack}/pack.pdf`);
      assert.equal((await file.body()).subarray(0, 5).toString(), "%PDF-");

      await page.goto(meeting);
      await page.getByRole("link", { name: "Write the minute of Action plans" }).click();
      await submit(page, "Save");
      await page.getByRole("alert").getByText("Enter what was said").waitFor();
      await page.getByLabel("What was said").fill("They are late because nobody leads on them.");
      await submit(page, "Save");
      await page.getByRole("link", { name: "Write down a decision on Action plans" }).click();
      await page.getByLabel("What was decided").fill("Name a lead for each.");
      await page.getByLabel("Action plan it goes into").selectOption({ label: "What the panel decided" });
      await page.getByLabel("Number in that plan").fill("9");
      await page.getByLabel("Or the post that does it").fill("Head of service");
      await submit(page, "Save");
      await page.getByRole("alert").getByText("Say by when").waitFor();
      for (const [part, value] of [["Day", 1], ["Month", 2], ["Year", today.getFullYear() + 1]]) {
        await page.getByLabel(part, { exact: true }).fill(`${value}`);
      }
      await submit(page, "Save");
      await page.goto(`${meeting}/attendance`);
      for (const radio of await page.getByLabel("Attended").all()) await radio.check();
      await submit(page, "Save");
      await page.goto(`${meeting}/minutes`);
      await page.getByRole("link", { name: "Name a lead for each." }).waitFor();
      await submit(page, "The minutes are agreed");
      await page.getByText("Nothing in them changes.").waitFor();
      assert.equal((await page.goto(`${meeting}/minutes/minutes.pdf`).catch(() => null))?.status() ?? 200, 200);
      await councillor.context().close();
      await page.context().close();
    });

    test("the director publishes, a correction is a new version, and anybody reads both", async () => {
      const page = await pageOf("director");
      await page.goto("/publications");
      await page.getByRole("link", { name: "Annual report of the corporate parent" }).click();
      const draft = new URL(page.url()).pathname;
      await page.getByRole("button", { name: "Publish it" }).click();
      await submit(page, "Publish it");
      const first = new URL(page.url()).pathname;
      published = first;
      const anybody = await noJs(browser, { url: server.url });
      await anybody.goto("/published");
      await anybody.getByRole("link", { name: "Annual report of the corporate parent" }).click();
      // Without the roles it names, explained at the end of whatever names them.
      const before = (await anybody.getByRole("main").innerText()).split("Who does what")[0];
      assert.equal(await anybody.getByRole("main").getByRole("link", { name: "Reviews on time" }).count(), 0, "no link leads nowhere");
      await page.goto(draft);
      await page.getByRole("link", { name: "Edit In short" }).click();
      await page.getByLabel("Text", { exact: true }).fill("A better beginning.");
      await submit(page, "Save");
      await page.getByRole("button", { name: "Publish it" }).click();
      await submit(page, "Publish it");
      await page.getByRole("alert").getByText("Say what differs").waitFor();
      await page.getByLabel("What differs from the version before, and why").fill("The beginning was wrong.");
      await submit(page, "Publish it");
      await anybody.goto(first);
      await anybody.getByText("There is a newer version.").waitFor();
      const again = await anybody.getByRole("main").innerText();
      const told = (text) => text.slice(text.indexOf("In short"), text.indexOf("All versions")).trim();
      assert.equal(told(again), told(`${before}All versions`), "the first version reads as it did");
      await anybody.getByRole("link", { name: "Read it" }).click();
      await anybody.getByText("It puts right: The beginning was wrong.", { exact: false }).waitFor();
      await anybody.getByText("A better beginning.").waitFor();
      const file = await anybody.request.get(`${first}/paper.pdf`);
      assert.equal((await file.body()).subarray(0, 5).toString(), "%PDF-");
      await anybody.goto("/pledge");
      await anybody.getByRole("heading", { name: "Our promises to you" }).waitFor();
      assert.ok((await anybody.getByText(/^(Kept|Not yet|We do not know)$/).count()) > 2);
      await anybody.context().close();
      await page.context().close();
    });

    test("the needs profile goes out as a version that stays, with its figures as a table, and the live page leads to it", async () => {
      const page = await pageOf("director");
      await page.goto("/needs");
      const out = await page.getByRole("link", { name: /^version 1, published on/ }).getAttribute("href");
      await page.getByRole("link", { name: "Begin a paper that publishes it" }).click();
      await submit(page, "Begin it");
      await page.getByRole("heading", { name: "Who they are" }).waitFor();
      const figure = page.getByRole("table", { name: "Who they are" }).getByRole("link", { name: "Children looked after" });
      assert.match(await figure.getAttribute("href"), /^\/measures\/children\.looked_after\?year=/);
      await page.getByRole("button", { name: "Publish it" }).click();
      await submit(page, "Publish it");
      const first = new URL(page.url()).pathname;
      const anybody = await noJs(browser, { url: server.url });
      await anybody.goto("/published");
      await anybody.getByRole("heading", { name: "What our children need" }).waitFor();
      await anybody.goto(first);
      for (const heading of ["Who they are", "How it was made", "What it cannot say"]) await anybody.getByRole("heading", { name: heading }).waitFor();
      assert.equal(await anybody.getByRole("main").locator('a[href^="/measures"]').count(), 0, "no link leads nowhere");
      const table = await (await anybody.request.get(`${first}/figures.csv`)).text();
      assert.match(table, /^\uFEFFSection,Measure,Title,Year to,Split,Group,Figure,Numerator,Denominator/);
      needs = first;
      assert.equal((await anybody.goto(out)).status(), 200);
      await anybody.context().close();
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
          await page.goto("/publications");
          const draft = await page.getByRole("link", { name: "Our pledge to you" }).getAttribute("href");
          await page.goto(draft);
          const section = await page.getByRole("link", { name: "Edit To all of you in our care" }).getAttribute("href");
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
            ["audit-file", `${question}/file`],
            ["audit-young", `${audit}/young`],
            ["inspection", "/inspection"],
            ["inspection-list", "/inspection/lists/looked_after"],
            ["panel", "/panel"],
            ["panel-new", "/panel/new"],
            ["panel-visits", "/panel/visits"],
            ["panel-words-new", "/panel/words/new"],
            ["panel-meeting", meeting],
            ["panel-pack", pack],
            ["panel-minutes", `${meeting}/minutes`],
            ["publications", "/publications"],
            ["publications-new", "/publications/new"],
            ["publication", draft],
            ["publication-section", section],
            ["publication-publish", `${draft}/publish`],
            ["published-list", "/published"],
            ["published", published],
            ["published-needs", needs],
            ["pledge", "/pledge"],
          ]) {
            await page.goto(address);
            await shot(page, `authority-${name}-${width}`);
            await assertAccessible(page, `${name} at ${width} px`);
          }
          await page.context().close();
          const young = await pageOf("young-person", make, { width });
          await young.goto(youngAudit);
          const asked = await young.locator(`a[href^="${youngAudit}/"]`).first().getAttribute("href");
          for (const [name, address] of [["young-audits", "/me/audits"], ["young-audit", youngAudit], ["young-question", asked]]) {
            await young.goto(address);
            await shot(young, `authority-${name}-${width}`);
            await assertAccessible(young, `${name} at ${width} px`);
          }
          await young.context().close();
        });
      }
    }
  });
}
