// Describes every command and help topic as a page, from the same declarations as the help on a terminal. Each page
// is rendered as a man page and as a part of the reference.

/**
 * A page consists of sections, and a section of blocks: a paragraph (`text`), a list (`rows` of name and meaning),
 * lines that keep their breaks (`lines`), or commands to paste (`commands` with their meanings).
 * @param program the program with every command, its footers and the help topics
 * @returns the page of the program, those of the commands in the order of the help, and those of the topics
 */
export function manualPages({ root, footerOf, topics, topicPages, exitCodes }) {
  const help = root.createHelp();
  const inner = (command, words) =>
    help
      .visibleCommands(command)
      .filter((each) => each.name() !== "help")
      .flatMap((each) => {
        const name = [...words, each.name()];
        return [commandPage(each, name, help, footerOf), ...inner(each, name)];
      });
  const commands = inner(root, ["genscope"]);
  return [
    programPage(root, help, footerOf, { commands, topics, exitCodes }),
    ...commands,
    ...topics.map((topic) => topicPage(topic, topicPages[topic.name]())),
  ];
}

function programPage(root, help, footerOf, { commands, topics, exitCodes }) {
  const { examples } = footerOf(root);
  return {
    name: "genscope",
    section: 1,
    summary: root.description(),
    sections: [
      { heading: "Synopsis", blocks: [{ lines: "genscope [options] COMMAND" }] },
      { heading: "Commands", blocks: [{ rows: commands.map(({ title, summary }) => [title, summary]) }] },
      { heading: "Global options", blocks: [{ rows: optionRows(help, help.visibleOptions(root)) }] },
      {
        heading: "Topics",
        blocks: [{ rows: topics.map(({ name, description }) => [`genscope help ${name}`, description]) }],
      },
      { heading: "Examples", blocks: [{ commands: examples }] },
      { heading: "Exit status", blocks: [{ rows: exitCodes }] },
    ].map(titled),
    title: "genscope",
    seeAlso: [...commands.map(({ name }) => [name, 1]), ...topics.map(({ name }) => [`genscope-${name}`, 7])],
  };
}

function commandPage(command, words, help, footerOf) {
  const [summary = "", ...paragraphs] = command.description().split("\n\n");
  const { examples, exitCodes, addition } = footerOf(command);
  const below = help.visibleCommands(command).filter((each) => each.name() !== "help");
  const operands = help.visibleArguments(command);
  const sections = [
    { heading: "Synopsis", blocks: [{ lines: synopsisOf(command, words) }] },
    { heading: "Description", blocks: paragraphs.map((text) => ({ text })) },
    {
      heading: "Commands",
      blocks: [{ rows: below.map((each) => [each.name(), help.subcommandDescription(each)]) }],
    },
    {
      heading: "Arguments",
      blocks: [{ rows: operands.map((each) => [help.argumentTerm(each), help.argumentDescription(each)]) }],
    },
    {
      heading: "Options",
      blocks: [
        {
          rows: optionRows(
            help,
            help.visibleOptions(command).filter(({ long }) => long !== "--help"),
          ),
        },
        { text: "Every command also takes the global options of `genscope`." },
      ],
    },
    ...additionOf(addition),
    { heading: "Examples", blocks: [{ commands: examples }] },
    {
      heading: "Exit status",
      blocks: [{ rows: exitCodes.map((text) => [text.split(" ")[0], text.split(" ").slice(1).join(" ")]) }],
    },
  ];
  return {
    name: words.join("-"),
    section: 1,
    title: words.join(" "),
    summary,
    sections: sections.map(titled).filter(({ blocks }) => blocks.some(isFilled)),
    seeAlso: [
      [words.slice(0, -1).join("-"), 1],
      ...below.map((each) => [[...words, each.name()].join("-"), 1]),
      ["genscope-exit-codes", 7],
    ],
  };
}

function topicPage({ name, description }, { sections, examples }) {
  return {
    name: `genscope-${name}`,
    section: 7,
    title: `genscope help ${name}`,
    summary: description,
    sections: [
      { heading: "Description", blocks: sections.map(blockOf) },
      { heading: "Examples", blocks: [{ commands: examples }] },
    ],
    seeAlso: [["genscope", 1]],
  };
}

/** Keeps the blocks that contain something. */
function titled({ heading, blocks }) {
  return { heading, blocks: blocks.filter(isFilled) };
}

function isFilled({ rows, commands }) {
  return (rows ?? commands ?? [null]).length > 0;
}

function synopsisOf(command, words) {
  const operands = command.registeredArguments.map((each) => {
    const name = each.variadic ? `${each.name()}...` : each.name();
    return each.required ? `<${name}>` : `[${name}]`;
  });
  return [...words, "[options]", ...operands].join(" ");
}

function optionRows(help, options) {
  return options.map((option) => [help.optionTerm(option), help.optionDescription(option)]);
}

/** Returns the text that a command adds to its help, such as the datasets of `export`. */
function additionOf(addition) {
  if (addition === null) return [];
  const [heading, section] = addition();
  return [{ heading, blocks: [blockOf(section)] }];
}

function blockOf(section) {
  if (typeof section === "string") return { text: section };
  if ("names" in section) return { text: `${section.names.join(", ")}.` };
  return "lines" in section ? section : { rows: section };
}
