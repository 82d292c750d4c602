// A nurse looks at the queue and a child's health, sets the plan and a referral, drafts a summary; a social worker reads
// where the assessment is; a carer sees what a carer needs; somebody with no business there finds nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { account, assertAccessible, newPage, noJs, openBrowser, shot, signIn, sizes, startServer, stopServer, submit } from "./harness.mjs";

const team = [
  ["queue", "/health"],
  ["queue-late", "/health?only=late"],
  ["referrals", "/health/referrals"],
  ["clinics", "/health/clinics"],
];

for (const db of ["sqlite", "postgres"]) {
  describe(`health (${db})`, () => {
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
      server = await startServer({ db, children: 60 });
      browser = await openBrowser();
      for (const role of ["designated-nurse", "health-administrator", "social-worker", "foster-carer", "data-analyst", "young-person"]) {
        const page = await newPage(browser, { url: server.url });
        await signIn(page, server, role);
        signedIn[role] = await page.context().cookies();
        await page.context().close();
      }
      // A child of the social worker's own: the nurse finds every child of the authority.
      const page = await pageOf("social-worker");
      await page.goto("/");
      const links = await page.locator('a[href^="/children/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      // At school and under 16: from then on it is for the young person to say what school hears.
      for (const id of new Set(links.map((href) => href.split("/")[2]).filter((id) => /^[0-9a-f-]{36}$/.test(id)))) {
        await page.goto(`/children/${id}`);
        const age = Number(/Age\s+(\d+) years/.exec(await page.locator("body").innerText())?.[1] ?? 0);
        if (age >= 5 && age <= 15) child = id;
      }
      assert.ok(child, "the social worker has a child at school");
      await page.context().close();
    });
    after(async () => {
      await browser?.close();
      await stopServer(server);
    });

    for (const width of sizes) {
      test(`the pages of the health team are accessible at ${width} px, with and without scripts`, async () => {
        for (const make of [newPage, noJs]) {
          const page = await pageOf("designated-nurse", make, { width });
          for (const [name, address] of team) {
            assert.equal((await page.goto(address)).status(), 200, address);
            if (make === newPage && db === "sqlite") await shot(page, `health-${name}-${width}`);
            await assertAccessible(page, `${name} at ${width} px`);
          }
          await page.context().close();
        }
      });

      test(`a child's health is accessible to the nurse and the social worker at ${width} px`, async () => {
        for (const role of ["designated-nurse", "social-worker"]) {
          const page = await pageOf(role, newPage, { width });
          const base = `/children/${child}/health`;
          for (const [name, address] of [["child", base], ["summary", `${base}/summary`], ["school", `${base}/summary?recipient=school`], ["passport", `${base}/passport`], ["need", `${base}/record/health_need`]]) {
            assert.equal((await page.goto(address)).status(), 200, `${role} ${address}`);
            if (db === "sqlite") await shot(page, `health-${name}-${role}-${width}`);
            await assertAccessible(page, `${name} of the ${role} at ${width} px`);
          }
          await page.context().close();
        }
      });
    }

    test("a need, an action, a referral and its next step are recorded where they are shown", async () => {
      const page = await pageOf("designated-nurse", noJs);
      const home = `/children/${child}/health`;
      const shown = page.getByRole("main");
      await page.goto(`${home}/record/health_need`);
      await submit(page, "Record");
      await page.getByText("There is a problem").first().waitFor();
      await page.selectOption('select[name="area"]', "emotional");
      await page.fill('textarea[name="text"]', "Wakes at night since the move");
      await submit(page, "Record");
      await page.waitForURL(`**${home}`);
      const unowned = shown.getByText("Nobody does anything about this need yet");
      await unowned.first().waitFor();
      const before = await unowned.count();
      // The link of that need, which stands above the sentence: other needs of the child have one too.
      await unowned.first().locator("xpath=preceding::a[normalize-space()='Set an action for this need'][1]").click();
      await page.fill('textarea[name="text"]', "Ask the sleep clinic");
      await page.selectOption('select[name="owner"]', "gp");
      const soon = new Date(Date.now() + 40 * 86400e3);
      for (const [part, value] of [["day", soon.getUTCDate()], ["month", soon.getUTCMonth() + 1], ["year", soon.getUTCFullYear()]]) {
        await page.fill(`input[name="by-${part}"]`, `${value}`);
      }
      await submit(page, "Record");
      await page.waitForURL(`**${home}`);
      await shown.getByText("Ask the sleep clinic").waitFor();
      assert.equal(await unowned.count(), before - 1, "one need more has somebody");
      await page.goto(`${home}/record/referral_made`);
      await page.selectOption('select[name="service"]', "mental_health");
      await page.fill('input[name="goal"]', "Sleeps through");
      await submit(page, "Record");
      await page.waitForURL(`**${home}`);
      await shown.getByRole("link", { name: "Record the next step" }).first().click();
      await page.selectOption('select[name="step"]', "declined");
      await page.selectOption('select[name="reason"]', "criteria");
      await submit(page, "Record");
      await page.waitForURL(`**${home}`);
      await shown.getByRole("link", { name: "Refer elsewhere instead" }).first().waitFor();
      await page.goto("/health/referrals");
      await page.getByRole("table", { name: "Open referrals" }).getByText("Sleeps through").first().waitFor();
      await page.context().close();
    });

    test("a summary says that it is not the full record, and is recorded once it was shared", async () => {
      const page = await pageOf("designated-nurse", noJs);
      await page.goto(`/children/${child}/health/record/allergy_noted`);
      await page.fill('input[name="name"]', "Peanuts");
      await submit(page, "Record");
      await page.goto(`/children/${child}/health/summary?recipient=school`);
      await page.getByText("This is not the full record.").waitFor();
      await page.getByText("Peanuts").first().waitFor();
      assert.equal(await page.getByText("Wakes at night").count(), 0, "school hears nothing of the plan");
      await submit(page, "Record as shared");
      await page.getByText("Say why it is shared").first().waitFor();
      await page.fill('textarea[name="why"]', "So that lunch is safe");
      await submit(page, "Record as shared");
      await page.waitForURL(`**/children/${child}/health`);
      await page.getByRole("table", { name: "Summaries shared" }).getByText("So that lunch is safe").waitFor();
      await page.context().close();
    });

    test("the administrator enters the clinics, and the nurse reads whether they are enough", async () => {
      const clerk = await pageOf("health-administrator", noJs);
      await clerk.goto("/health/clinics");
      await clerk.fill('input[name="name-0"]', "Mill Street");
      await clerk.fill('input[name="slots-0"]', "none");
      await submit(clerk, "Save the clinics");
      await clerk.getByText("Children in a week are a number").first().waitFor();
      assert.equal(await clerk.inputValue('input[name="name-0"]'), "Mill Street", "nothing typed is lost");
      await clerk.fill('input[name="slots-0"]', "3");
      await clerk.fill('input[name="minutes-0"]', "90");
      await submit(clerk, "Save the clinics");
      await clerk.getByText("The clinics are saved.").waitFor();
      await clerk.context().close();
      const nurse = await pageOf("designated-nurse", noJs);
      await nurse.goto("/health/clinics");
      await nurse.getByText("Time for 100 children").waitFor();
      assert.equal(await nurse.getByRole("button", { name: "Save the clinics" }).count(), 0);
      await nurse.context().close();
    });

    test("a copy of the queue is given once the password is", async () => {
      const page = await pageOf("designated-nurse");
      await page.goto("/health");
      await page.getByRole("link", { name: "CSV file" }).click();
      await page.waitForURL("**/confirm-password**");
      await page.fill('input[name="password"]', account(server, "designated-nurse").password);
      const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Continue" }).click()]);
      assert.equal(csv.suggestedFilename(), "kinfold-health-queue.csv");
      await page.context().close();
    });

    test("a young person is given a passport, reads it on a telephone, keeps a copy and hears of a newer one", async () => {
      const young = await pageOf("young-person", newPage, { width: 320 });
      await young.goto("/me/health");
      await young.getByText("You do not have a health passport yet.").waitFor();
      await young.goto("/account");
      const name = await young.locator(".govuk-summary-list__value").first().innerText();
      const nurse = await pageOf("designated-nurse", noJs);
      await nurse.goto("/find");
      await nurse.fill("#q", name.trim());
      await submit(nurse, "Find");
      const own = await nurse.locator('main a[href^="/children/"]').first().getAttribute("href");
      const base = `/children/${own.split("/")[2]}/health`;
      const note = async (what) => {
        await nurse.goto(`${base}/record/allergy_noted`);
        await nurse.fill('input[name="name"]', what);
        await submit(nurse, "Record");
        await nurse.waitForURL(`**${base}`);
      };
      await note("Walnuts");
      await nurse.goto(`${base}/passport`);
      await nurse.selectOption('select[name="reason"]', "first");
      await submit(nurse, "Record as issued");
      await nurse.getByText("Recorded as issued.").first().waitFor();
      await note("Latex");

      await young.goto("/me/health");
      await young.getByRole("link", { name: "See my passport" }).or(young.getByRole("button", { name: "See my passport" })).click();
      const shown = young.getByRole("main");
      await shown.getByText("Walnuts").first().waitFor();
      assert.equal(await shown.getByText("Latex").count(), 0, "it says what it said when it was given");
      await shown.getByText("Ask your nurse or social worker for a new one.").waitFor();
      assert.equal(await shown.getByText("Record as issued").count(), 0);
      if (db === "sqlite") await shot(young, "health-passport-young-person-320");
      await assertAccessible(young, "the passport of the young person at 320 px");
      // Their copy asks for the password again, as everything that is taken away does.
      await young.getByText("Keep a copy (PDF)").click();
      await young.waitForURL("**/confirm-password**");
      await young.fill('input[name="password"]', account(server, "young-person").password);
      const [copy] = await Promise.all([young.waitForEvent("download"), young.getByRole("button", { name: "Continue" }).click()]);
      assert.equal(copy.suggestedFilename(), "health-passport.pdf");
      const bytes = readFileSync(await copy.path());
      assert.equal(bytes.subarray(0, 5).toString("latin1"), "%PDF-");
      await young.context().close();
      await nurse.context().close();
    });

    test("who has no business there finds nothing, and no compartment is hinted at", async () => {
      const stranger = await pageOf("data-analyst", noJs);
      for (const [, address] of team) assert.equal((await stranger.goto(address)).status(), 404, address);
      await stranger.context().close();
      const carer = await pageOf("foster-carer", noJs);
      assert.equal((await carer.goto("/health")).status(), 404);
      assert.equal((await carer.goto(`/children/${child}/health/family`)).status(), 404);
      // They promise to look after what they learn before they read about a child who lives with them.
      await carer.goto("/caring");
      const link = carer.locator(".kf-carer h2 a").first();
      const home = (await link.getAttribute("href")).split("/")[2];
      const own = `/children/${home}/health`;
      await carer.goto(`/caring/${home}/undertaking`);
      if (await carer.locator('input[name="promised"]').count()) {
        assert.equal((await carer.goto(own)).status(), 404, "nothing before the promise");
        await carer.goto(`/caring/${home}/undertaking`);
        await carer.check('input[name="promised"]');
        await carer.fill('input[name="name"]', "A. Carer");
        await submit(carer, "Sign it");
      }
      assert.equal((await carer.goto(own)).status(), 200);
      const text = await carer.getByRole("main").innerText();
      for (const words of ["Therapy notes", "Sexual health", "Health of the birth family"]) {
        assert.ok(!text.includes(words), `${words} is hinted at`);
      }
      await assertAccessible(carer, "a child's health for the carer");
      await carer.context().close();
      const clerk = await pageOf("health-administrator", noJs);
      await clerk.goto(`/children/${child}/health`);
      await clerk.getByText("Your role for this child does not include health detail.").first().waitFor();
      await clerk.context().close();
    });

    test("the child's health prints without its links and buttons", async () => {
      const page = await pageOf("designated-nurse");
      await page.goto(`/children/${child}/health`);
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.getByRole("link", { name: "Draft a summary to share" }).isVisible(), false);
      if (db === "sqlite") await shot(page, "health-child-print");
      await page.context().close();
    });
  });
}
