// A browser hands the first field the keyboard only with the first picture: on a busy machine what is typed before that
// would be lost, and a call begun under a reference that lacks its first letter.
if (!location.hash) document.querySelector("[autofocus]")?.focus();
