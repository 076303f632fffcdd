// What people find on the page, by what it says and does.

// text is the message box.
export const text = page => page.getByRole("combobox", { name: /^Message / });

// say writes a line and sends it.
export async function say(page, line) {
  await text(page).fill(line);
  await page.keyboard.press("Escape"); // no proposal
  await page.keyboard.press("Enter");
}

// answer is the newest private answer that holds these words.
export const answer = (page, words) => page.getByRole("article", { name: /only visible to you$/ }).filter({ hasText: words }).last();

// place is a channel or the app in the sidebar.
export const place = (page, name) => page.getByRole("navigation").getByRole("button", { name: new RegExp("^" + name) });

// shortcut opens a form from the shortcut menu.
export async function shortcut(page, name) {
  await page.getByRole("button", { name: "Shortcuts" }).click();
  await page.getByRole("menuitem", { name }).click();
}

// tool presses one of the sandbox's tools, where the screen is small in the menu that holds them.
export async function tool(page, name) {
  const bar = page.getByRole("group", { name: "Sandbox tools" }).getByRole("button", { name, exact: true });
  if (!await bar.first().isVisible()) await page.getByRole("button", { name: "More", exact: true }).click();
  await bar.filter({ visible: true }).first().click();
}
