// A clerk asks schools and brings services in from a file with wrong rows; a school answers by a link that works once; a young
// person finds a service without an account.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, newPage, noJs, openBrowser, shot, signIn, startServer, stopServer, submit } from "./harness.mjs";

const CSV = [
  "Name,What it is,In plain words,Age from,Age to,Needs,Address,Town,Postcode,Latitude,Longitude,Hide the address,For young people",
  "Moth Club,Homework and supper,Homework and food,11,18,school_learning,1 Mill Walk,Fernham,FN1 1AA,53.05,1.2,no,yes",
  "Still Water,A refuge,A safe place to stay,16,25,safety_violence,77 Hidden Row,Mossbury,FN3 3CC,53.0,1.05,yes,yes",
  "Wrong Age,x,x,old,25,,,,,,,no,yes",
].join("\r\n");

for (const db of ["sqlite", "postgres"]) {
  describe(`surveys and services (${db})`, () => {
    let server;
    let browser;
    let clerk;
    let link;

    before(async () => {
      server = await startServer({ db, children: 20 });
      browser = await openBrowser();
      clerk = await noJs(browser, { url: server.url });
      await signIn(clerk, server, "panel-clerk");
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    test("a round is opened with the lines that can be used, and the others are told", async () => {
      await clerk.goto("/surveys/new");
      await clerk.getByLabel("What is asked").selectOption("schools.survey");
      await clerk.getByLabel("What this round is called").fill("A test");
      await clerk.getByLabel("Who is invited").fill("Fernham School, office@fernham.example\nNo address\nMossbury, office@mossbury.example");
      await submit(clerk, "Look at it before it is sent");
      await clerk.getByText("There is no e-mail address on this line").waitFor();
      await submit(clerk, "Change it");
      assert.match(await clerk.getByLabel("Who is invited").inputValue(), /No address/, "nothing typed is lost");
      await submit(clerk, "Look at it before it is sent");
      await submit(clerk, "Send 2 invitations");
      await clerk.getByText("2", { exact: true }).first().waitFor();
      link = await clerk.getByRole("link", { name: /answer as somebody/ }).getAttribute("href");
    });

    test("a school answers without an account, reads its answers through, and the link is used", async () => {
      const page = await noJs(browser, { url: server.url, width: 320 });
      await page.goto(link);
      if (db === "sqlite") await assertAccessible(page, "a survey");
      await submit(page, "Read my answers through");
      assert.ok((await page.getByRole("alert").getByRole("link").count()) >= 11, "what is missing is said");
      // Half of it, with far too long a text: what is missing and what is too long is said, and nothing is lost.
      const groups = await page.locator("fieldset").all();
      for (const group of groups.slice(0, 5)) await group.getByLabel("Fairly effective").check();
      const long = "é".repeat(100_000);
      await page.getByLabel(/What would help/).fill(long);
      await submit(page, "Read my answers through");
      await page.getByRole("alert").getByText(/2000 characters or fewer/).waitFor();
      await shot(page, "survey-half-320");
      if (db === "sqlite") await assertAccessible(page, "a survey with mistakes");
      assert.equal(await page.getByRole("radio", { checked: true }).count(), 5, "what was chosen stays chosen");
      assert.equal((await page.getByLabel(/What would help/).inputValue()).length, long.length, "what was written stays written");
      for (const group of await page.locator("fieldset").all()) await group.getByLabel("Fairly effective").check();
      await page.getByLabel(/What would help/).fill("Tell us before a child moves.");
      await submit(page, "Read my answers through");
      await page.getByText("Tell us before a child moves.").waitFor();
      await submit(page, "Send my answers");
      await page.getByText("Your answers are sent.").waitFor();
      assert.equal((await page.goto(link)).status(), 410);
      await page.getByRole("heading", { name: "This link has been used" }).waitFor();
      await shot(page, "survey-used-320");
      await page.context().close();
    });

    test("the clerk reminds, closes, and reads nothing that one answer could be known from; the round before shows what it came to", async () => {
      await clerk.goto("/surveys");
      await clerk.getByRole("link", { name: "A test" }).click();
      const round = new URL(clerk.url()).pathname;
      assert.equal(await clerk.getByRole("link", { name: "Read what each answered" }).count(), 0);
      assert.equal((await clerk.goto(`${round}/answers`)).status(), 404, "nobody can tell who answered what");
      await clerk.goto(round);
      await submit(clerk, "Remind those who have not answered");
      await clerk.getByText(/^Reminded on/).waitFor();
      await submit(clerk, "Close it today");
      await clerk.getByText("Too few answered for anything to be shown", { exact: false }).waitFor();
      assert.equal((await clerk.goto(link)).status(), 410);
      await clerk.goto("/surveys");
      await clerk.getByRole("row").filter({ hasText: "Closed" }).filter({ hasNotText: "A test" }).first().getByRole("link").click();
      const table = clerk.getByRole("table").first();
      assert.ok((await table.getByText("hidden").count()) + (await table.getByText("%").count()) > 2, "shares, and what is too small hidden");
      assert.doesNotMatch(await clerk.getByRole("main").innerText(), /Tell us before a child moves/);
    });

    test("a file with a wrong row brings in the rest, and is taken back", async () => {
      await clerk.goto("/directory/import");
      await clerk.getByLabel("The file").setInputFiles({ name: "ours.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
      await submit(clerk, "See what would happen");
      await clerk.getByText("line 4").waitFor();
      await clerk.getByText(/Write an age in whole years/).waitFor();
      await submit(clerk, "Bring it in");
      await clerk.getByText("2 new and 0 changed.").waitFor();
    });

    test("a young person finds it by need and age; what must not be found is on no page", async () => {
      const page = await noJs(browser, { url: server.url, width: 320 });
      await page.goto("/local-help");
      await page.getByLabel("What is it about?").selectOption("school_learning");
      await page.getByLabel("How old are you?").fill("12");
      await submit(page, "Find help");
      await page.getByRole("link", { name: "Moth Club" }).click();
      await page.getByText("Homework and food").waitFor();
      await shot(page, "local-help-one-320");
      for (const address of ["/local-help?q=water", "/services?q=water", "/open-referral/services.json"]) {
        const text = await (await page.request.get(address)).text();
        assert.ok(text.includes("Still Water"), address);
        assert.ok(!/Hidden Row|FN3 3CC/.test(text), address);
      }
      await page.goto("/services");
      if (db === "sqlite") await assertAccessible(page, "services");
      await page.context().close();
      await clerk.goto("/directory/import");
      await clerk.getByRole("link", { name: /^Take back/ }).first().click();
      await submit(clerk, "Take this import back");
      await clerk.getByText(/2 are as they were/).waitFor();
    });
  });
}
