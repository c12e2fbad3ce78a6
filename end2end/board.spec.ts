// The board: what it says is what the API says, and all of it is there without JavaScript.
import { expect, type Locator, type Page } from '@playwright/test';
import { EMPTY, FEW, FULL, type House, WITHHELD } from './house.ts';
import { expectNoScript, PERIOD, said, test, WIDE } from './official.ts';
import { BINARY } from './server.ts';

interface Scored {
  code: string;
  name: string;
  score: number | null;
}
interface Group extends Scored {
  components: Scored[];
}

async function open(page: Page, house: House, unit: string, query = '') {
  const answer = await page.goto(`${house.base}/boards/${unit}${query}`);
  expect(answer?.status()).toBe(200);
}

/** The group that is asked at counters, as the API gives it. */
async function measured(house: House, unit: string, query = ''): Promise<Group> {
  const answer = await fetch(`${house.base}/api/v1/units/${unit}/index${query}`);
  const { groups } = (await answer.json()) as { groups: Group[] };
  return groups.find((group) => group.code === 'II')!;
}

const figure = (page: Page) => page.locator('.summary .large');

/** The number in a cell; none where there is only a word. */
async function numbers(cells: Locator): Promise<(number | null)[]> {
  const texts = await cells.allTextContents();
  return texts.map((text) => {
    const number = text.match(/\d[\d.]*(,\d+)?/)?.[0];
    const word = /đủ|có/.test(text) || !number;
    return word ? null : Number(number.replaceAll('.', '').replace(',', '.'));
  });
}

for (const unit of ['tay-son', 'tay-son-tt', 'gia-lai']) {
  test(`the board of ${unit} says what the API says`, async ({ page, demo }) => {
    await open(page, demo, unit, PERIOD);
    const group = await measured(demo, unit, PERIOD);
    await expect(figure(page).locator('b')).toHaveText(said(group.score));
    await expect(figure(page).locator('b')).toHaveText(/^\d{1,3},\d\d$/);
    expect(group.components).toHaveLength(5);

    const chart = page.getByRole('img', { name: 'Năm thành phần' });
    await expect(chart.locator('.value')).toHaveText(group.components.map((c) => said(c.score)));
    await expect(chart.locator('desc')).toContainText(said(group.components[0].score));
    const section = page.locator('.components');
    await section.locator('summary').click();
    await expect(section.locator('tbody tr')).toHaveCount(5);
    for (const [i, { name, score }] of group.components.entries()) {
      await expect(section.locator('tbody tr').nth(i)).toContainText(name);
      await expect(section.locator('tbody tr').nth(i)).toContainText(said(score));
    }
    await expect(page.locator('.items li')).toHaveCount(16);
  });
}

test('the figure by the other rule', WIDE, async ({ page, demo }) => {
  await open(page, demo, 'tay-son', PERIOD);
  await page.getByRole('link', { name: 'Điểm trung bình' }).click();
  const group = await measured(demo, 'tay-son', `${PERIOD}&rule=mean5`);
  await expect(figure(page).locator('b')).toHaveText(said(group.score));
});

test('every chart has a name, a description and a table beside it', async ({ page, demo }) => {
  await open(page, demo, 'tay-son-tt', PERIOD);
  const charts = await page.locator('svg').all();
  expect(charts.length).toBe(19);
  for (const chart of charts) {
    await expect(chart).toHaveRole('img');
    // Name and description both come from within.
    await expect(chart).toHaveAccessibleName(/\S{2}.*\d/s);
    await expect(chart.locator('xpath=ancestor::section//table')).not.toHaveCount(0);
  }
  const sections = page.locator('section:has(svg)');
  await expect(sections).toHaveCount(4);
  for (const section of await sections.all()) {
    const table = section.locator('details table');
    await expect(table).toBeHidden();
    await section.getByText('Xem bảng số').click();
    await expect(table).toBeVisible();
    await expect(table.locator('thead th[scope=col]').first()).toBeVisible();
    // A day that has just begun has few hours.
    const least = (await section.getAttribute('id')) === 'today' ? 1 : 5;
    expect(await table.locator('tbody th[scope=row]').count()).toBeGreaterThanOrEqual(least);
  }
  // Each day with a figure is a dot, and the table says the same.
  const days = page.locator('#days');
  const shown = (await numbers(days.locator('tbody td:nth-child(3)'))).filter((n) => n !== null);
  expect(shown.length).toBeGreaterThan(0);
  await expect(days.locator('circle')).toHaveCount(shown.length);
});

test('columns sort the rows, up and down', WIDE, async ({ page, demo }) => {
  await open(page, demo, 'gia-lai', PERIOD);
  const table = page.locator('#parts table');
  const columns = await table.locator('thead th').count();
  expect(columns).toBe(8);
  const names = await table.locator('tbody th').allTextContents();
  expect(names).toHaveLength(5);
  expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'vi')));
  for (let column = 0; column < columns; column++) {
    for (let turn = 0; turn < 2; turn++) {
      const head = table.locator('thead th').nth(column);
      await head.getByRole('link').click();
      await expect(head).toHaveAttribute('aria-sort', /^(as|des)cending$/);
      await expect(table.locator('[aria-sort]')).toHaveCount(1);
      const up = (await head.getAttribute('aria-sort')) === 'ascending';
      // Numbers start from the highest; the names stand from A already.
      expect(up).toBe(turn === 1);
      if (column === 0) {
        const now = await table.locator('tbody th').allTextContents();
        expect(now).toEqual(up ? names : names.toReversed());
      } else {
        const cells = await numbers(table.locator(`tbody tr > :nth-child(${column + 1})`));
        const known = cells.filter((n) => n !== null);
        expect(known).toEqual(known.toSorted((a, b) => (up ? a - b : b - a)));
        expect(cells.slice(known.length).every((n) => n === null)).toBe(true);
      }
    }
  }
});

test('up and down the tree with the period kept', WIDE, async ({ page, demo }) => {
  await open(page, demo, 'gia-lai');
  await page.getByRole('link', { name: '30 ngày', exact: true }).click();
  const period = await page.locator('.summary .dates').textContent();
  await page.locator('#parts').getByRole('link', { name: 'Xã Tây Sơn' }).click();
  await expect(page.locator('h1')).toHaveText('Xã Tây Sơn');
  await page.locator('#parts').getByRole('link', { name: /^Trung tâm/ }).click();
  await expect(page.locator('h1')).toHaveText('Trung tâm Phục vụ hành chính công xã Tây Sơn');
  await expect(page.locator('.summary .dates')).toHaveText(period!);
  // Counters are rows, not boards.
  await expect(page.locator('#parts tbody tr')).toHaveCount(4);
  await expect(page.locator('#parts tbody a')).toHaveCount(0);
  const above = page.getByRole('navigation', { name: 'Đơn vị cấp trên' }).getByRole('link');
  await expect(above).toHaveText(['Tỉnh Gia Lai', 'Xã Tây Sơn']);
  await above.nth(1).click();
  await expect(page.locator('h1')).toHaveText('Xã Tây Sơn');
  await above.first().click();
  await expect(page.locator('h1')).toHaveText('Tỉnh Gia Lai');
  await expect(page.locator('.summary .dates')).toHaveText(period!);
});

test('a closed unit is history, linked with what it became', WIDE, async ({ page, demo }) => {
  await open(page, demo, 'tay-son');
  await page.locator('main').getByRole('link', { name: 'Huyện Tây Sơn' }).click();
  await expect(page.locator('h1')).toHaveText('Huyện Tây Sơn');
  const closed = page.locator('.closed');
  await expect(closed).toContainText('30/06/2025');
  await expect(closed.getByRole('link')).toHaveCount(5);
  await expect(page.locator('.numbers')).not.toContainText('hôm nay');

  // By itself it opens on a period in which it existed.
  await open(page, demo, 'tay-son-huyen');
  const period = page.getByRole('navigation', { name: 'Kỳ xem' });
  await expect(period.locator('[aria-current]')).toHaveText('Tháng cuối');
  await expect(page.locator('.summary .dates')).toContainText('30/06/2025');
  await closed.getByRole('link', { name: 'Xã Bình An' }).click();
  await expect(page.locator('h1')).toHaveText('Xã Bình An');
});

test('what is simulated says so, the rest does not', WIDE, async ({ page, demo, office }) => {
  for (const path of ['/', '/boards/tay-son', `/s/${demo.points[0].code}`]) {
    await page.goto(demo.base + path);
    await expect(page.getByText('Dữ liệu mô phỏng.')).toBeVisible();
  }
  await page.goto(`${demo.base}/boards/tay-son?lang=en`);
  await expect(page.getByText('Simulated data.')).toBeVisible();
  await open(page, office, 'son-tra-tt', `?from=${FULL}&to=${FULL}`);
  await expect(figure(page)).toBeVisible();
  await expect(page.getByText('Dữ liệu mô phỏng.')).toHaveCount(0);
});

test('a period without answers says so and shows no zero', WIDE, async ({ page, demo, office }) => {
  for (const [house, unit, query] of [
    [demo, 'tay-son', '?from=2020-01-01&to=2020-01-31'],
    [office, 'son-tra', `?from=${EMPTY}&to=${EMPTY}`],
    [office, 'an-hai', ''],
  ] as const) {
    await open(page, house, unit, query);
    await expect(figure(page)).toHaveText('Chưa có câu trả lời');
    await expect(page.locator('body')).not.toContainText('0,00');
    await expect(page.locator('svg.bars')).toHaveCount(0);
  }
});

test('few, withheld and enough never look alike', async ({ page, office }) => {
  await open(page, office, 'son-tra-tt', `?from=${FEW}&to=${FEW}`);
  await expect(figure(page).locator('b')).toHaveText('75,00');
  await expect(figure(page).locator('.few')).toHaveText('ít mẫu');
  await expect(page.locator('.components svg')).toContainText('12 người · ít mẫu');

  await open(page, office, 'son-tra-tt', `?from=${WITHHELD}&to=${WITHHELD}`);
  await expect(figure(page)).toHaveText('Chưa đủ 5 người trả lời');
  await expect(page.locator('.numbers dd').first()).toHaveText('3');
  await expect(page.locator('main')).not.toContainText(/\d,\d\d/);

  await open(page, office, 'son-tra-tt', `?from=${FULL}&to=${FULL}`);
  await expect(figure(page).locator('b')).toHaveText('80,00');
  await expect(figure(page).locator('.few')).toHaveCount(0);

  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('.summary .dates')).toContainText(FULL.split('-').reverse().join('/'));
});

test('no sideways scrolling at 320 px', { tag: '@phone' }, async ({ page, demo, office }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  for (const [house, unit, query] of [
    [demo, 'tay-son-tt', PERIOD],
    [demo, 'tay-son-huyen', '?lang=en'],
    [office, 'son-tra-tt', `?from=${WITHHELD}&to=${WITHHELD}`],
  ] as const) {
    await open(page, house, unit, query);
    for (const fold of await page.locator('main summary').all()) await fold.click();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, unit).toBe(320);
    // Words of a chart cannot break by themselves.
    const cut = await page.locator('svg.chart text').evaluateAll((texts) =>
      texts
        .filter((one) => one.getBoundingClientRect().right > 320)
        .map((one) => one.textContent),
    );
    expect(cut, unit).toEqual([]);
  }
});

test('the hours below the columns do not touch on a phone', { tag: '@phone' }, async ({ page, demo }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, demo, 'tay-son-tt');
  const hours = await page.locator('#today svg.columns .tick').evaluateAll((all) =>
    all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
  );
  for (const [at, { left }] of hours.entries()) {
    if (at > 0) expect(left).toBeGreaterThan(hours[at - 1].right + 2);
  }
});

test('links up to today name no days, and so move on with them', WIDE, async ({ page, demo }) => {
  await open(page, demo, 'tay-son');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(page.url()).not.toMatch(/[?&](from|to)=/);
});

test('days from a later to an earlier one are refused in words', WIDE, async ({ page, demo, errors }) => {
  const refused = await page.goto(`${demo.base}/boards/tay-son?from=2026-02-02&to=2026-02-01`);
  expect(refused?.status()).toBe(422);
  await expect(page.locator('h1')).toHaveText('Ngày bắt đầu phải trước hoặc trùng ngày kết thúc');
  await expect(page.locator('.brand')).toBeVisible();
  errors.splice(0);
});

test('other days are chosen with a plain form', WIDE, async ({ page, office }) => {
  await open(page, office, 'son-tra-tt');
  await page.getByText('Chọn ngày khác').click();
  await page.getByLabel('Từ ngày').fill(FEW);
  await page.getByLabel('Đến ngày').fill(FEW);
  await page.getByRole('button', { name: 'Xem' }).click();
  await expect(page).toHaveURL(new RegExp(`from=${FEW}&to=${FEW}`));
  await expect(figure(page).locator('b')).toHaveText('75,00');
});

test('the age of the figures comes to life in the browser', async ({ page, demo }, { project }) => {
  const scripted = project.use.javaScriptEnabled !== false;
  // Of days that are over no newer figures come.
  await open(page, demo, 'tay-son', `?from=${FULL}&to=${FEW}`);
  const age = page.locator('.freshness');
  await expect(age).toContainText(/Số liệu lúc \d\d:\d\d ngày \d\d\/\d\d\/\d{4}/);
  const islands = (await page.locator('script').count()) > 0;
  test.skip(!islands && BINARY.includes('/debug/'), 'a debug build may come without islands');
  expect(islands).toBe(true);
  if (!scripted) {
    await expect(age).not.toContainText('·');
    // Nothing is said of a connection that no script makes, not even by an empty frame.
    await open(page, demo, 'tay-son');
    await expect(page.locator('.state')).toHaveCSS('border-top-width', '0px');
    return;
  }
  await expect(age).toContainText(' · vừa xong');
  await page.clock.install();
  await page.reload();
  await expect(age).toContainText(' · vừa xong');
  await page.clock.runFor('03:40');
  await expect(age).toContainText(' · cách đây 3 phút');
});

test('only boards have a script', async ({ page, demo, errors }) => {
  const code = demo.points[0].code;
  const paths = ['/', `/s/${code}`, `/s/${code}/thanks`, '/s/ABCDEFGHJK', '/nowhere'];
  await expectNoScript(page, demo, paths);
  // A page that is not there is an error to the browser's console too.
  expect(errors.splice(0).every((line) => line.includes('404'))).toBe(true);
});
