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
      for (const group of await page.getByRole("group").all()) await group.getByLabel("Fairly effective").check();
      await page.getByLabel(/What would help/).fill("é".repeat(3_000));
      await submit(page, "Read my answers through");
      await page.getByRole("alert").getByText(/2000 characters or fewer/).waitFor();
      await page.getByLabel(/What would help/).fill("Tell us before a child moves.");
      await submit(page, "Read my answers through");
      await page.getByText("Tell us before a child moves.").waitFor();
      await submit(page, "Send my answers");
      await page.getByText("Your answers are sent.").waitFor();
      assert.equal((await page.goto(link)).status(), 410);
      await page.getByRole("heading", { name: "This link has been used" }).waitFor();
      await page.context().close();
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
