// What every page is held to: no violation that axe knows, and a picture to look at.
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/** Fails with each rule broken, and where. */
export async function axe(page: Page) {
  const scripted = test.info().project.use.javaScriptEnabled !== false;
  const read = scripted ? page : await twin(page);
  // No page has frames, and without them the older mode says the same in half the time.
  const { violations } = await new AxeBuilder({ page: read }).setLegacyMode().analyze();
  if (!scripted) await read.context().close();
  const broken = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    at: nodes.map(({ target }) => target.join(' ')),
  }));
  expect(broken, `accessibility of ${page.url()}`).toEqual([]);
}

/** Leaves a picture of the whole page in `output/NAME-WIDTH.png`. */
export async function shot(page: Page, name: string) {
  const width = page.viewportSize()?.width;
  const path = fileURLToPath(new URL(`output/${name}-${width}.png`, import.meta.url));
  await page.screenshot({ path, fullPage: true });
}

// axe waits on timers, which stand still where JavaScript is off. So it reads the same document,
// at the same address and size, in a context where they run; the document's own scripts still do not.
async function twin(page: Page): Promise<Page> {
  const context = await page.context().browser()!.newContext({
    javaScriptEnabled: true,
    viewport: page.viewportSize(),
    storageState: await page.context().storageState(),
  });
  const copy = await context.newPage();
  const body = await page.content();
  await copy.route(page.url(), (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': "script-src 'none'" },
      body,
    }),
  );
  await copy.goto(page.url());
  return copy;
}
