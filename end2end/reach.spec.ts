// The citizen's page for everyone: by keyboard, with big letters, on small screens, in forced colours
// and without its style sheet.
import { expect, type Page } from '@playwright/test';
import { answerAll, asked, choice, expectThanks, send, stage } from './citizen.ts';
import { type House, test } from './house.ts';

const UNIT = 'binh-khe-tt';

const address = (house: House, query = '') =>
  `${house.base}/s/${house.code(UNIT, 'Quầy 3')}${query}`;

/** What has the focus, and whether one sees it. */
async function focused(page: Page) {
  return page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement;
    const shown = field.type === 'radio' ? field.nextElementSibling! : field;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
    const { top, bottom } = shown.getBoundingClientRect();
    return {
      // A summary has no name.
      what: `${field.localName} ${field.name ?? ''}`.trim(),
      visible: (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none',
      inView: bottom > 0 && top < innerHeight,
    };
  });
}

test('by keyboard alone, and one always sees where one is', async ({ page, demo }) => {
  await page.goto(address(demo));
  const before = await demo.responses(UNIT);
  const items = await asked(page).evaluateAll((all) => all.map((one) => one.id));
  const stops: string[] = [];
  for (let stop = 0; stop < 40; stop++) {
    await page.keyboard.press('Tab');
    const { what, visible, inView } = await focused(page);
    expect.soft(visible, `focus is seen on ${what}`).toBe(true);
    expect.soft(inView, `${what} is in view`).toBe(true);
    stops.push(what);
    if (what === 'input stage') {
      await page.keyboard.press('ArrowDown');
      await expect(page.locator('[name=stage][value=result]')).toBeChecked();
      expect((await focused(page)).visible).toBe(true);
    } else if (what.startsWith('input')) {
      await page.keyboard.press('Space');
    } else if (what === 'summary') {
      await page.keyboard.press('Enter');
      await expect(page.locator('#field')).toBeVisible();
      await page.keyboard.press('Enter');
    } else if (what === 'textarea comment') {
      await page.keyboard.type('Tốt');
    } else if (what === 'button') {
      break;
    }
  }
  // The switch, the stage, the five questions in order, the fold, the comment, the button.
  const questions = items.map((item) => `input ${item}`);
  expect(stops).toEqual([
    'button switch', 'input stage', ...questions, 'summary', 'textarea comment', 'button',
  ]);
  await expect(page.locator('.asked input:checked')).toHaveCount(5);
  await page.keyboard.press('Enter');
  await expectThanks(page, demo.code(UNIT, 'Quầy 3'));
  expect(await demo.responses(UNIT)).toBe(before + 1);
});

test('Enter within the form sends it and does not switch the language', async ({ page, demo }) => {
  await page.goto(address(demo));
  const first = asked(page).first().locator('input').first();
  await first.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(asked(page).first().locator('[value="2"]')).toBeChecked();
  await page.keyboard.press('Enter');
  await expectThanks(page, demo.code(UNIT, 'Quầy 3'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
});

test('everything that is tapped is 48 px high', async ({ page, demo }) => {
  for (const query of ['', '?lang=en', '?form=full']) {
    await page.goto(address(demo, query));
    await page.locator('summary').tap();
    const small = await page.evaluate(() => {
      const targets = [
        ...document.querySelectorAll('label:has(input), button, summary, select, textarea, a'),
      ];
      const boxes = targets.map((target) => {
        const { width, height } = target.getBoundingClientRect();
        return { what: target.textContent, width, height };
      });
      if (boxes.length < 90) throw new Error(`only ${boxes.length} targets`);
      return boxes.filter(({ width, height }) => Math.min(width, height) < 48);
    });
    expect(small, query).toEqual([]);
  }
  // Wide enough for links of one line.
  await page.setViewportSize({ width: 700, height: 900 });
  await page.goto(address(demo));
  await send(page).tap();
  const kiosk = demo.code('tay-son-tt', 'Máy');
  for (const path of [null, `s/${kiosk}/thanks`, 's/ABCDEFGHJK']) {
    if (path) await page.goto(`${demo.base}/${path}`);
    const box = await page.getByRole('link').boundingBox();
    expect.soft(box?.height, path ?? 'errors').toBeGreaterThanOrEqual(48);
  }
});

/** Fails where the page scrolls sideways, or words are cut off or stick out. */
async function expectFits(page: Page, what: string) {
  const found = await page.evaluate(() => {
    const root = document.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth}`] : [];
    const all = [...document.querySelectorAll<HTMLElement>('body *:not(.default, option)')];
    const cut = all.filter(
      (one) =>
        one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && one.localName !== 'select',
    );
    const out = all.filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1);
    const words = [...cut, ...out].map((one) => `${one.localName}: ${one.textContent}`);
    return [...new Set([...wide, ...words])];
  });
  expect(found, what).toEqual([]);
}

/** Every state of the citizen's way. */
async function expectAllFits(page: Page, house: House) {
  for (const query of ['?lang=vi', '?lang=en', '?form=full']) {
    await page.goto(address(house, query));
    await page.locator('summary').click();
    await answerAll(page, ['5', '1', 'na', '2', '3']).catch((error) => {
      if (query !== '?form=full') throw error;
    });
    await expectFits(page, query);
  }
  await page.goto(address(house));
  await send(page).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectFits(page, 'errors');
  const kiosk = house.code('tay-son-tt', 'Máy');
  for (const path of ['', '?lang=en', `s/${kiosk}/thanks`, 's/ABCDEFGHJK', 'nowhere']) {
    await page.goto(`${house.base}/${path}`);
    await expectFits(page, path);
  }
}

test('no sideways scrolling at 320 px', async ({ page, demo }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await expectAllFits(page, demo);
});

test('readable with letters twice as large', async ({ page, demo }) => {
  // What a person sets in the browser: the letters grow, the screen does not.
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  await page.goto(address(demo));
  await expect(page.locator('html')).toHaveCSS('font-size', '32px');
  await expectAllFits(page, demo);
});

test('forced colours still show what is chosen', async ({ page, demo }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(address(demo));
  const question = asked(page).first();
  await question.scrollIntoViewIfNeeded();
  const before = await question.screenshot();
  await choice(question, '4').tap();
  await page.locator('h1').evaluate(() => (document.activeElement as HTMLElement).blur());
  expect((await question.screenshot()).equals(before)).toBe(false);
  const marks = await question.locator('input').evaluateAll((inputs) =>
    inputs.map((input) => {
      const { outlineStyle, outlineColor } = getComputedStyle(input.nextElementSibling!);
      const { backgroundColor } = getComputedStyle(document.body);
      return outlineStyle !== 'none' && outlineColor !== backgroundColor;
    }),
  );
  expect(marks).toEqual([false, false, false, true, false, false]);
});

test('without its style sheet the form still does its work', async ({ page, demo }) => {
  await page.route('**/*.css', (route) => route.abort());
  await page.goto(address(demo));
  const font = await page.locator('body').evaluate((body) => getComputedStyle(body).fontFamily);
  expect(font).not.toContain('Roboto');
  const before = await demo.responses(UNIT);
  await stage(page, 'filing').tap();
  await answerAll(page, ['4']);
  await page.locator('summary').tap();
  await choice(page.locator('details fieldset').first(), '5').tap();
  await page.getByRole('button', { name: 'English' }).tap();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('.asked input:checked')).toHaveCount(5);
  await page.getByRole('button', { name: 'Send answers' }).last().tap();
  await expectThanks(page, demo.code(UNIT, 'Quầy 3'));
  expect(await demo.responses(UNIT)).toBe(before + 1);
});
