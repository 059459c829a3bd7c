# shellcheck shell=bash
# Words to the person at the terminal.

if [[ -t 1 && -t 2 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' red=$'\e[31m' plain=$'\e[0m'
else
  bold='' red='' plain=''
fi

# say TEXT...: what happens now.
say() { printf '%s==>%s %s\n' "$bold" "$plain" "$*"; }

# fail TEXT...: why it cannot go on, and what to do.
fail() {
  printf '%serror:%s %s\n' "$red" "$plain" "$*" >&2
  exit "${exit_code:-1}"
}

# fail_usage TEXT...: the same for a wrong command line.
fail_usage() { exit_code=2 fail "$@"; }
