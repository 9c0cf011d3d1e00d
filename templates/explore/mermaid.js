// What is shown, as a Mermaid flowchart that stays under Mermaid's limits.
const mostMermaidLinks = 400;
const mostMermaidText = 45000;

// Whatever is not a letter, a digit or plain punctuation becomes a character code.
const escapeLabel = (text) =>
  [...clip(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), 60)]
    .map((each) => (/[\p{L}\p{N} .,:…()–→-]/u.test(each) ? each : `#${each.codePointAt(0)};`))
    .join('') || ' ';

explore.writeMermaid = (facts, shown) => {
  if (shown.isCollapsed) {
    const { bundles } = explore.bundle(facts, shown.links);
    const between = bundles
      .flatMap(({ a, b, there, back }) => [
        { from: a, to: b, count: there },
        { from: b, to: a, count: back },
      ])
      .filter((sum) => sum.count > 0)
      .sort((x, y) => y.count - x.count);
    const lines = between
      .slice(0, mostMermaidLinks)
      .map((sum) => `  r${sum.from} -- "${count(sum.count, 'link')}" --> r${sum.to}`);
    const rest = between.length - lines.length;
    const text = [
      'flowchart LR',
      ...facts.regions.map(({ name, index }) => `  r${index}["${escapeLabel(name)}"]`),
      ...lines,
      ...(rest > 0 ? [`  %% ${rest} pairs of domains are left out`] : []),
    ].join('\n');
    return `${text}\n`;
  }
  const lit = (each) => shown.lit.size === 0 || shown.lit.has(each);
  for (let most = mostMermaidLinks; ; most = Math.floor(most * 0.7)) {
    const chosen = shown.links.filter(lit);
    const links = chosen.slice(0, most);
    const ends = new Set(links.flatMap(({ from, to }) => [from, to]));
    const all = shown.systems.filter(lit);
    const systems = all.filter(
      (system) => ends.has(system) || (chosen.length === links.length && all.length <= most),
    );
    const lines = ['flowchart LR'];
    const left = chosen.length - links.length;
    const leftSystems = all.length - systems.length;
    if (left + leftSystems > 0)
      lines.push(`  %% left out: ${count(left, 'link')}, ${count(leftSystems, 'system')}`);
    for (const region of facts.regions) {
      const members = systems.filter((system) => system.region === region.index);
      if (members.length === 0) continue;
      lines.push(`  subgraph d${region.index}["${escapeLabel(region.name)}"]`);
      for (const system of members)
        lines.push(`    s${system.index}["${escapeLabel(system.name)}"]`);
      lines.push('  end');
    }
    for (const link of links) {
      const label = escapeLabel(link.objects ? `${link.protocol}: ${link.objects}` : link.protocol);
      const standing = facts.standings[link.standing][0];
      const arrow = { unregistered: '==', shadow: '==', unobserved: '-.', attested: '-.' }[
        standing
      ];
      const end = { '==': '==>', '-.': '.->' }[arrow] ?? '-->';
      lines.push(`  s${link.from.index} ${arrow ?? '--'} "${label}" ${end} s${link.to.index}`);
    }
    const text = `${lines.join('\n')}\n`;
    if (text.length <= mostMermaidText || most <= 1) return text;
  }
};
