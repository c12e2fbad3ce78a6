// No page, in no state, language or light, breaks a rule of accessibility that a program can find.
import { expect } from '@playwright/test';
import { test } from './house.ts';
import { axe } from './page.ts';
import { type Lang, STATES } from './states.ts';


for (const { name, official, open } of STATES) {
  // Citizens' pages are light everywhere. Those for officials are light on the phone, in both
  // languages, and dark on the other screen: no rule is about both colours and words.
  const tag = official ? [] : ['@phone'];
  test(`accessible: ${name}`, { tag }, async ({ page, demo, office }, { project }) => {
    const dark = project.name === 'desktop';
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    const langs: Lang[] = dark ? ['vi'] : ['vi', 'en'];
    for (const lang of langs) {
      await open(page, { demo, office }, lang);
      await expect(page.locator('h1')).toHaveCount(1);
      // What is folded away counts too.
      const folds = page.locator('details:not([open]) > summary');
      while ((await folds.count()) > 0) await folds.first().click();
      await axe(page);
    }
  });
}
