const DECLARATION =
  /^\s{0,8}(?:import\s[\w{*"'(.][^:\n]{0,200}$|from\s\S{1,80}\simport\s|using\s[\w.]{1,80};|package\s[\w.]{1,80};?\s{0,3}$|#include\s|#!\/|<\?php|namespace\s[\w.\\]{1,80}[;{]?\s{0,3}$|(?:export\s|async\s|public\s|private\s|protected\s|internal\s|static\s){0,4}(?:class|interface|function|fn|func|def|fun|void|record|enum)\s\w[^\n]{0,200}[{(:]|(?:export\s)?(?:const|let|var|val)\s[\w{[][^\n]{0,200}=|use\s[\w\\:]{2,80};|require(?:_once)?[\s(]["']|set -[eux]|try\s?[:{]|@\w{2,40}(?:\(|\s{0,3}$))/;

/** Whether a line begins a declaration or an import in one of the common programming languages. */
export function isDeclaration(line: string): boolean {
  return DECLARATION.test(line);
}
