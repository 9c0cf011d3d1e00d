// What every part of the page's script looks things up with; without script the page reads the same.
const report = {};
report.all = (selector, root = document) => [...root.querySelectorAll(selector)];
report.byId = (id) => document.getElementById(id);
