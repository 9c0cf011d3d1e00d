// Copying, also from a file on disk, where the clipboard may refuse.
report.copy = async (text, near) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'to-copy';
    area.readOnly = true;
    area.setAttribute('aria-label', 'Text to copy');
    (near?.parentElement ?? document.body).append(area);
    area.select();
    const isCopied = document.execCommand('copy');
    // Where even that is refused, the text stays, chosen, until it is left.
    if (isCopied || !near) area.remove();
    else area.addEventListener('blur', () => area.remove());
    return isCopied;
  }
};

report.copyOnClick = (button, toText) => {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    button.textContent = (await report.copy(toText(), button)) ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  });
};
