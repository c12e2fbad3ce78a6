// Sheets of paper entered one after the other, as a manager of one commune does it, with and without
// JavaScript.
import { expect, type Page } from '@playwright/test';
import { day } from './house.ts';
import { at, heading, office, press, setPassword, signIn } from './office.ts';
import { look, test } from './official.ts';
import { axe } from './page.ts';

const item = (page: Page, n: number) => page.getByRole('radiogroup').nth(n);
const mark = (page: Page, n: number, label: string) => item(page, n).getByLabel(label, { exact: true });

test('sheets of paper are entered with their day', async ({ page, errors }) => {
  test.setTimeout(240_000);
  const { server, run, load, end } = await office();
  load('points', ['code,unit,name,channel,open_from,open_to', ',ea-kar,Quầy 1,qr,,']);
  const link = run('account', 'add', '--name', 'dung@eakar', '--role', 'manager', '--unit', 'ea-kar');
  await setPassword(page, at(server, link));
  await signIn(page, 'dung@eakar');
  await expect(page).toHaveURL(`${server.base}/`);
  await page.waitForLoadState();
  await page.goto(`${server.base}/admin/points/ea-kar`);
  await page.getByRole('link', { name: 'Nhập phiếu giấy của Quầy 1' }).click();
  await expect(heading(page)).toHaveText('Nhập phiếu giấy – Quầy 1');
  await expect(page.getByRole('radiogroup')).toHaveCount(16);
  await expect(mark(page, 0, 'Bỏ trống')).toBeChecked();
  await look(page, 'paper');

  // A sheet without an answer and without a channel: both are named, the day stays.
  await page.getByLabel('Ngày trả lời').fill(day(-3));
  await press(page, 'Lưu phiếu');
  await expect(page.getByRole('alert')).toContainText('chưa chọn câu trả lời nào');
  await expect(page.getByRole('alert')).toContainText('xin chọn phiếu giấy hoặc điện thoại');
  await expect(page.getByLabel('Ngày trả lời')).toHaveValue(day(-3));
  await look(page, 'paper-wrong');

  // By keyboard: the marks of an item are one stop.
  await page.locator('#channel input[value="paper"]').check();
  await mark(page, 0, 'Bỏ trống').focus();
  for (let n = 0; n < 2; n++) await page.keyboard.press('ArrowLeft');
  await expect(mark(page, 0, '5')).toBeChecked();
  await mark(page, 5, 'Không áp dụng').check();
  await page.getByLabel('Góp ý').fill('Chờ hơi lâu');
  await press(page, 'Lưu phiếu');
  await expect(page.getByRole('status')).toHaveText('Đã lưu phiếu. Xin nhập phiếu tiếp theo.');
  await expect(page.locator('main')).toContainText('Đã nhập 1 phiếu trong lượt này.');

  // The next sheet keeps day and channel, and nothing else.
  await expect(page.getByLabel('Ngày trả lời')).toHaveValue(day(-3));
  await expect(page.locator('#channel input[value="paper"]')).toBeChecked();
  await expect(mark(page, 0, 'Bỏ trống')).toBeChecked();
  await expect(page.getByLabel('Góp ý')).toHaveValue('');
  await mark(page, 1, '2').check();
  await press(page, 'Lưu phiếu');
  await expect(page.locator('main')).toContainText('Đã nhập 2 phiếu trong lượt này.');
  await look(page, 'paper-stored');

  await page.getByRole('link', { name: 'English' }).click();
  await expect(heading(page)).toHaveText('Enter paper sheets – Quầy 1');
  await axe(page);
  errors.splice(0, errors.length, ...errors.filter((line) => !/status of (4\d\d)/.test(line)));
  await end();
});
