// The citizen's page, as a person uses it.
import { expect, type Locator, type Page, test } from '@playwright/test';

/** The questions that the page asks, without the folded ones. */
export const asked = (page: Page) => page.locator('.asked fieldset');

/** The box with an answer that is tapped: `5`, or `na`. */
export const choice = (question: Locator, value: string) =>
  question.locator('label').filter({ has: question.page().locator(`[value="${value}"]`) });

export const stage = (page: Page, value: string) => choice(page.locator('#stage'), value);

/** Taps an answer to every question in view. */
export async function answerAll(page: Page, values: string[] = ['5', '4', '5', '3', 'na']) {
  const questions = await asked(page).all();
  expect(questions.length).toBe(5);
  for (const [i, question] of questions.entries()) {
    const box = choice(question, values[i % values.length]);
    await (test.info().project.use.hasTouch ? box.tap() : box.click());
  }
}

/** Name and value of everything that is chosen or typed. */
export async function given(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const fields = document.querySelectorAll<HTMLInputElement>(
      'input:checked, textarea, select',
    );
    return Object.fromEntries([...fields].map((field) => [field.name, field.value]));
  });
}

export const send = (page: Page) => page.locator('button.send');

export async function expectThanks(page: Page, code: string) {
  // A second tap begins the navigation anew, so the first may be given up on the way.
  await expect(page).toHaveURL(new RegExp(`/s/${code}/thanks`));
  await expect(page.locator('h1')).toBeVisible();
}
