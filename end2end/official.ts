// What every page for officials is held to, and how they write numbers.
import { expect, type Page } from '@playwright/test';
import { day, type House, test as houses } from './house.ts';
import { axe, shot } from './page.ts';

export const YEAR = Number(day().slice(0, 4));

/** Long enough for figures on every day of the year, also on the first of a month. */
export const PERIOD = `?from=${day(-60)}&to=${day()}`;

/** What is the same at every width is looked at on the desktop and, without scripts, on the phone. */
export const WIDE = { tag: '@desktop' };

/** Nothing may go wrong behind the page's back: what did is in `errors`, and fails the test. */
export const test = houses.extend<{ errors: string[] }>({
  errors: [
    async ({ page }, use, { project }) => {
      const errors: string[] = [];
      // Without JavaScript the browser drops the script that it began to fetch.
      const scripted = project.use.javaScriptEnabled !== false;
      const dropped = (text: string) => !scripted && text.includes('/pkg/');
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (line) => {
        const bad = ['error', 'warning'].includes(line.type());
        if (bad && !dropped(line.text())) errors.push(line.text());
      });
      page.on('requestfailed', (request) => {
        // A page that is left lets go of its events.
        const left = /\/live\?/.test(request.url()) && request.failure()?.errorText === 'net::ERR_ABORTED';
        if (!left && !dropped(request.url())) errors.push(`${request.url()} failed`);
      });
      await use(errors);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export async function open(page: Page, house: House, path: string) {
  const answer = await page.goto(house.base + path);
  expect(answer?.status(), path).toBe(200);
}

/** A document of the API about a unit. */
export async function api<T>(house: House, path: string): Promise<T> {
  const answer = await fetch(`${house.base}/api/v1/units/${path}`);
  const body = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(200);
  return body as T;
}

/** Half up, two decimals, a comma. */
export const said = (score: number | null) =>
  comma((Math.round(score! * 100 + 1e-9) / 100).toFixed(2));

export const comma = (text: string) => text.replace('.', ',');

/** A number with so many decimals. */
export const decimal = (number: number, decimals: number) => comma(number.toFixed(decimals));

/** Thousands with a point. */
export const count = (n: number) => new Intl.NumberFormat('de-DE').format(n);

/** A difference with its sign, which is not a hyphen. */
export function signed(number: number) {
  const text = decimal(Math.abs(number), 2);
  if (text === '0,00') return text;
  return (number < 0 ? '−' : '+') + text;
}

export const range = (low: string, high: string) => `từ ${low} đến ${high}`;

/** Fails where the page, everything unfolded, is wider than the screen. */
export async function expectFits(page: Page, width: number) {
  await page.setViewportSize({ width, height: 740 });
  const folds = page.locator('main details:not([open]) > summary');
  while ((await folds.count()) > 0) await folds.first().click();
  await expectNoWider(page, width);
}

/** Fails with the words that stand out to the right, but for what its own frame lets one move along. */
export async function expectNoWider(page: Page, width: number) {
  const out = await page.locator('body *').evaluateAll(
    (all, width) =>
      all
        .filter((one) => one.getBoundingClientRect().right > width + 1)
        .filter((one) => !one.parentElement?.closest('.menu'))
        .map((one) => `${one.localName}: ${one.textContent}`),
    width,
  );
  expect(out, `${page.url()} at ${width} px`).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
}

/** Looks at a page of administration, narrow and light, wide and dark: nothing stands out, and axe finds
 * nothing. */
export async function look(page: Page, name: string) {
  const before = page.viewportSize()!;
  for (const [width, colorScheme] of [[360, 'light'], [1280, 'dark']] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await expectNoWider(page, width);
    await axe(page);
    await shot(page, name);
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

/** Fails where opening the pages fetches a script, or one stands in them. */
export async function expectNoScript(page: Page, house: House, paths: string[]) {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (/\.(js|wasm)$/.test(request.url())) scripts.push(request.url());
  });
  for (const path of paths) {
    await page.goto(house.base + path);
    await expect(page.locator('script, [onclick], [style]')).toHaveCount(0);
  }
  expect(scripts).toEqual([]);
}
