// @ts-check
// `aigobo completion`: a script generated from the actual commands. It needs only the shell: it uses no other program's
// functions and does not start Node at each Tab (@bomb.sh/tab's scripts do, and they do not complete files either).

import { endpoints } from 'aigobo';
import { Argument } from 'commander';
import { examples } from './flags.js';
import { LANGUAGES } from './language.js';

/** @typedef {import('commander').Command} Command */
/** @typedef {import('commander').Option} Option */

const SHELLS = /** @type {const} */ (['bash', 'zsh', 'fish']);

const TEXTS = {
  description: { en: 'print a script that completes commands, flags, endpoints and files', zh: '输出补全脚本：补全命令、选项、接口与文件' },
  shell: { en: 'bash, zsh or fish', zh: 'bash、zsh 或 fish' },
  after: {
    en: `
To have it in each shell:
  bash  echo 'source <(aigobo completion bash)' >> ~/.bashrc
  zsh   aigobo completion zsh > "\${fpath[1]}/_aigobo"
  fish  aigobo completion fish > ~/.config/fish/completions/aigobo.fish`,
    zh: `
在每个终端中启用：
  bash  echo 'source <(aigobo completion bash)' >> ~/.bashrc
  zsh   aigobo completion zsh > "\${fpath[1]}/_aigobo"
  fish  aigobo completion fish > ~/.config/fish/completions/aigobo.fish`,
  },
};

/** Flags and arguments that take a file. */
const FILES = ['file', 'evidence'];

/** @param {Command} program @param {import('./terminal.js').Terminal} terminal */
export function completion(program, terminal) {
  const { t } = terminal;
  const command = program
    .command('completion')
    .description(t(TEXTS.description))
    .addArgument(new Argument('<shell>', t(TEXTS.shell)).choices(SHELLS))
    .action((/** @type {(typeof SHELLS)[number]} */ shell) => {
      const script = { bash, zsh, fish }[shell](modelOf(program));
      terminal.result({ shell, script }, () => script.trimEnd());
    });
  examples(command, terminal, ['aigobo completion bash']).addHelpText('after', t(TEXTS.after));
}

/** @typedef {{ value: string, text: string }} Word */
/** @typedef {{ long: string, short?: string, text: string, takes?: 'file' | 'data' | 'other', words: Word[] }} Flag */
/** @typedef {{ name: string, text: string, flags: Flag[], words: Word[], file: boolean }} Entry */

/** What can be completed: each command with its flags, and the words or files that its first argument can be. @param {Command} program @returns {Entry[]} */
function modelOf(program) {
  const help = program.createHelp();
  const common = help.visibleOptions(program).filter(({ long }) => long !== '--version').map(flagOf);
  const commands = program.commands.map((command) => {
    const [argument] = command.registeredArguments;
    const own = help.visibleOptions(command).map(flagOf);
    return {
      name: command.name(),
      text: firstSentence(command.description()),
      flags: [...own, ...common.filter(({ long }) => own.every((flag) => flag.long !== long))],
      words: argument?.name() === 'endpoint' ? endpoints.map(({ name, titleZh }) => ({ value: name, text: titleZh })) : (argument?.argChoices ?? []).map(plain),
      file: FILES.includes(argument?.name() ?? ''),
    };
  });
  return [...commands, { name: 'help', text: '', flags: [], words: commands.map(({ name, text }) => ({ value: name, text })), file: false }];
}

/** @param {Option} option @returns {Flag} */
function flagOf({ long, short, description, argChoices, required, optional, flags }) {
  const [, value = ''] = /[<[]([\w-]+)[>\]]/.exec(flags) ?? [];
  /** @type {Flag['takes']} */
  const takes = long === '--data' ? 'data' : FILES.includes(value) ? 'file' : 'other';
  return {
    long: long ?? '',
    ...(short && { short }),
    text: firstSentence(description),
    // If the value may be left out, the script does not wait for one.
    ...(required && !optional && { takes }),
    words: (argChoices ?? []).map(plain),
  };
}

/** @param {string} value */
const plain = (value) => ({ value, text: '' });

/** An entry of a list has no room for more. @param {string} text */
const firstSentence = (text) => (text.split(/[:;：；]/)[0] ?? '').trim();

/** @param {Entry[]} entries */
function bash(entries) {
  const names = (/** @type {Flag} */ { long, short }) => (short ? [short, long] : [long]);
  const words = (/** @type {readonly Word[]} */ list) => list.map(({ value }) => value).join(' ');
  const cases = entries.map(({ name, flags, words: first, file }) => {
    const values = flags.filter(({ takes }) => takes).map((flag) => {
      const how = flag.takes === 'data' ? '_aigobo_data; return' : flag.takes === 'file' ? '_aigobo_files; return' : flag.words.length > 0 ? `_aigobo_words '${words(flag.words)}'; return` : 'return';
      return `        ${names(flag).join('|')}) ${how} ;;`;
    });
    return `    ${name})
      case $previous in
${values.join('\n')}${values.length > 0 ? '\n' : ''}        *) ;;
      esac
      if [[ $current == -* ]]; then _aigobo_words '${flags.flatMap(names).join(' ')}'
      else ${file ? '_aigobo_files' : `_aigobo_words '${words(first)}'`}; fi ;;`;
  });
  return `# bash completion for aigobo; works with bash 3.2 and newer

_aigobo_words() { COMPREPLY=($(compgen -W "$1" -- "$current")); }

_aigobo_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$current"))
}

_aigobo_data() {
  [[ $current == @* ]] || return
  compopt -o nospace 2>/dev/null
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -P @ -- "\${current#@}"))
}

_aigobo() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${entries.map(({ name }) => name).join('|')}) command=$word; break ;; esac
  done
  case $command in
    '')
      if [[ $previous == --lang ]]; then _aigobo_words '${LANGUAGES.join(' ')}'
      else _aigobo_words '${entries.map(({ name }) => name).join(' ')} --help --version --json --lang'; fi ;;
${cases.join('\n')}
  esac
}

complete -F _aigobo aigobo
`;
}

/** @param {Entry[]} entries */
function zsh(entries) {
  const quote = (/** @type {string} */ text) => `'${text.replace(/'/g, `'\\''`)}'`;
  const inner = (/** @type {string} */ text) => text.replace(/[[\]:\\]/g, '\\$&');
  const values = (/** @type {readonly Word[]} */ list) => `((${list.map(({ value, text }) => `${value}\\:${`"${(text || value).replace(/["$`\\:()]/g, '\\$&')}"`}`).join(' ')}))`;
  const spec = (/** @type {Flag} */ { long, short, text, takes, words }) => {
    const action = words.length > 0 ? `:${long.slice(2)}:(${words.map(({ value }) => value).join(' ')})` : takes === 'file' ? ':file:_files' : takes === 'data' ? ':data:_aigobo_data' : takes ? `:${long.slice(2)}: ` : '';
    return (short ? [short, long] : [long]).map((name) => quote(`${name}[${inner(text)}]${action}`));
  };
  const cases = entries.map(({ name, flags, words, file }) => {
    const first = words.length > 0 ? [quote(`1:${name}:${values(words)}`)] : file ? [quote('1:file:_files')] : [];
    return `    ${name}) _arguments ${[...flags.flatMap(spec), ...first].join(' \\\n      ')} ;;`;
  });
  return `#compdef aigobo

_aigobo_data() { compset -P '@' && _files; }

_aigobo() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C --json '(-h --help)'{-h,--help} '(-V --version)'{-V,--version} '--lang:lang:(${LANGUAGES.join(' ')})' '1:command:->command' '*::argument:->argument'
  if [[ $state == command ]]; then
    local -a commands=(${entries.map(({ name, text }) => quote(`${name}:${text.replace(/:/g, '\\:')}`)).join(' ')})
    _describe command commands
    return
  fi
  case $words[1] in
${cases.join('\n')}
  esac
}

if [[ $funcstack[1] == _aigobo ]]; then _aigobo "$@"; else compdef _aigobo aigobo; fi
`;
}

/** @param {Entry[]} entries */
function fish(entries) {
  const quote = (/** @type {string} */ text) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = entries.flatMap(({ name, text, flags, words, file }) => {
    const here = `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c aigobo -n __fish_use_subcommand -a ${name} -d ${quote(text)}`,
      ...(file ? [`complete -c aigobo ${here} -F`] : []),
      ...words.map(({ value, text: about }) => `complete -c aigobo ${here} -a ${value} -d ${quote(about)}`),
      ...flags.map(({ long, short, text: about, takes, words: choices }) => {
        const value = choices.length > 0 ? ` -x -a ${quote(choices.map(({ value: choice }) => choice).join(' '))}` : takes === 'file' ? ' -r -F' : takes === 'data' ? ` -x -a '@(__fish_complete_path)'` : takes ? ' -x' : '';
        return `complete -c aigobo ${here}${short ? ` -s ${short.slice(1)}` : ''} -l ${long.slice(2)}${value} -d ${quote(about)}`;
      }),
    ];
  });
  const before = ['-l help -s h', '-l version -s V', '-l json', `-l lang -x -a '${LANGUAGES.join(' ')}'`].map((flag) => `complete -c aigobo -n __fish_use_subcommand ${flag}`);
  return `complete -c aigobo -f\n${[...before, ...lines].join('\n')}\n`;
}
