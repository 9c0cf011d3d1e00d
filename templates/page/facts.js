// The facts of the page that no table holds, read when they are first asked for.
const readPageFacts = (raw) => {
  const text = (number) => raw.texts[number];
  const systems = raw.systems.map(([id, name, kind, criticality, owner, domain], index) => ({
    index,
    id,
    name,
    kind: raw.kinds[kind],
    criticality: raw.criticalities[criticality],
    owner: text(owner) === '' ? undefined : { team: text(owner) },
    domain: text(domain),
  }));
  const hotspots = raw.hotspots.map(([system, role, isCutPoint, ...figures]) => ({
    system: systems[system],
    role: text(role),
    isCutPoint: isCutPoint === 1,
    figures,
  }));
  const links = raw.impact && readImpactLinks(raw, systems);
  return { systems, hotspots, links, objects: raw.impact?.objects };
};

// Links with as much as an impact asks of them, as the audit has it.
const readImpactLinks = ({ texts, impact }, systems) => {
  const list = (number) => (number ? impact.lists[number].map((each) => texts[each]) : []);
  const code = impact.code.map(([id, hosts]) => ({ id: texts[id], hosts: list(hosts) }));
  return impact.links.map(([from, to = 0, shape = 0, via, objects, implementations, key]) => {
    const [family, style, initiator, mediation, scheduled, protocol] = impact.shapes[shape];
    const ends = { from: systems[from].id, to: systems[to].id };
    return {
      ...ends,
      key: key ?? `${ends.from}=>${ends.to}#${impact.families[family]}`,
      family: impact.families[family],
      style: impact.styles[style],
      initiator: impact.initiators[initiator],
      mediation: impact.mediations[mediation],
      protocol: texts[protocol] || impact.families[family],
      schedules: scheduled === 1 ? [''] : [],
      via: list(via),
      objects: list(objects),
      implementations: implementations
        ? impact.lists[implementations].map((each) => code[each])
        : [],
    };
  });
};

let pageFacts;
report.facts = () => {
  const block = document.getElementById('page-facts');
  if (!pageFacts && block) pageFacts = readPageFacts(JSON.parse(block.textContent));
  return pageFacts;
};
