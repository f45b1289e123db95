// Signing out leaves nothing of a call in the browser; what was not sent is not thrown away without a word.
import { forgetEverything, isAnythingKept } from "./kept.js";

document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", (event) => {
  const lost = "Something you typed has not been sent yet, and is lost when you sign out. Sign out all the same?";
  if (isAnythingKept() && !window.confirm(lost)) event.preventDefault();
  else forgetEverything();
});
