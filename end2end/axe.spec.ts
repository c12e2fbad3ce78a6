// No page, in no state, language or light, breaks a rule of accessibility that a program can find.
import { expect } from '@playwright/test';
import { test } from './house.ts';
import { axe } from './page.ts';
import { type Lang, STATES } from './states.ts';

for (const { name, official, open } of STATES) {
  test(`accessible: ${name}`, async ({ page, demo, office }) => {
    for (const lang of ['vi', 'en'] satisfies Lang[]) {
      for (const colorScheme of official ? (['light', 'dark'] as const) : (['light'] as const)) {
        await page.emulateMedia({ colorScheme });
        await open(page, { demo, office }, lang);
        await axe(page);
      }
    }
    // What is folded away counts too.
    const folds = await page.locator('details:not([open]) > summary').all();
    for (const fold of folds) await fold.click();
    if (folds.length > 0) await axe(page);
    await expect(page.locator('h1')).toHaveCount(1);
  });
}
