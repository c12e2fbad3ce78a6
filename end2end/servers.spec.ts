// Two servers on one database: what a citizen answers at one is seen at the other, also after one of them
// was ended at once. On PostgreSQL where a cluster is at hand, as `make end2end` has it.
import { type Browser, expect, type Page } from '@playwright/test';
import { answerAll, expectThanks, send } from './citizen.ts';
import { test, WIDE } from './official.ts';
import { place } from './place.ts';
import { startServe } from './server.ts';

/** A citizen in a browser of his own. */
async function citizen(browser: Browser, address: string, code: string) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
  const page = await context.newPage();
  await page.goto(`${address}/s/${code}`);
  await answerAll(page, ['5']);
  await send(page).click();
  await expectThanks(page, code);
  await context.close();
}

const today = (page: Page) => page.locator('.numbers dd').nth(1);

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'nothing moves without a script');

test('an answer at one server moves the board of another', WIDE, async ({ page, browser }) => {
  test.setTimeout(90_000);
  const { url, codes: [code], run, remove } = place(process.env.HAILONG_TEST_POSTGRES);
  const [here, there] = [await startServe(url), await startServe(url)];
  await page.goto(`${there.base}/boards/song-hinh`);
  await expect(page.locator('.freshness')).toHaveClass(/live/);
  for (let n = 1; n <= 5; n++) {
    await citizen(browser, here.base, code);
    await expect(today(page)).toHaveText(String(n), { timeout: 2_000 });
  }
  await expect(page.locator('.large')).toContainText('100,00', { timeout: 2_000 });

  // One server is gone: what it acknowledged stands, and the other one goes on.
  await citizen(browser, here.base, code);
  await here.kill();
  await expect(today(page)).toHaveText('6', { timeout: 2_000 });
  await citizen(browser, there.base, code);
  await expect(today(page)).toHaveText('7', { timeout: 2_000 });
  await there.stop();
  run('reconcile');
  remove();
});
